/** What an app does with the user API, for the tests of the sandbox: shares nothing with the product. */
import { constants, publicEncrypt } from 'node:crypto';
import type { Sandbox } from '../index.ts';
import type { RawAnswer } from '../request.ts';
import { requestSandbox } from '../request.ts';
import { seededPassword, seededPool } from './seed.ts';
import type { AuthingService } from './service.ts';

type Fields = Readonly<Record<string, unknown>>;
type Headers = Readonly<Record<string, string>>;

/** The one error of an answer, and the data beside it. */
export interface ApiAnswer {
  readonly status: number;
  readonly data: Record<string, unknown>;
  readonly code: number | undefined;
  readonly message: string | undefined;
  readonly errors: readonly Record<string, unknown>[];
}

export const someUserFields = 'id arn username email phone token tokenExpiredAt loginsCount nickname';

export function createAuthingClient(sandbox: Sandbox, service: AuthingService) {
  const { appHost, headerPrefix } = service.brand;
  const own = {
    [`${headerPrefix}-app-id`]: seededPool.appId,
    [`${headerPrefix}-userpool-id`]: seededPool.userPoolId,
    [`${headerPrefix}-lang`]: 'en-US',
  };

  const ask = async (query: string, variables: Fields = {}, headers: Headers = own): Promise<ApiAnswer> => {
    const answer = await requestSandbox(sandbox, `https://${appHost}/graphql/v2`, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return readAnswer(answer);
  };

  const askAs = (token: string, query: string, variables: Fields = {}): Promise<ApiAnswer> =>
    ask(query, variables, { ...own, authorization: `Bearer ${token}` });

  const get = (path: string, headers: Headers = {}): Promise<RawAnswer> =>
    requestSandbox(sandbox, `https://${appHost}${path}`, { headers: { ...own, ...headers } });

  const encrypt = async (password: string): Promise<string> => {
    const { data } = JSON.parse((await get('/api/v2/.well-known')).text) as { data: { publicKey: string } };
    const key = { key: data.publicKey, padding: constants.RSA_PKCS1_PADDING };
    return publicEncrypt(key, Buffer.from(password, 'utf8')).toString('base64');
  };

  const logIn = async (
    username: string,
    password = seededPassword,
    further: Fields = {},
  ): Promise<ApiAnswer> =>
    ask(
      `mutation loginByUsername($input: LoginByUsernameInput!) { loginByUsername(input: $input) { ${someUserFields} } }`,
      { input: { username, password: await encrypt(password), ...further } },
    );

  const takeToken = async (username: string, password = seededPassword): Promise<string> => {
    const { loginByUsername } = (await logIn(username, password)).data;
    return (loginByUsername as { token: string }).token;
  };

  const takeAdministratorToken = async (): Promise<string> => {
    const { userPoolId, secret } = seededPool;
    const { data } = await ask(
      'query accessToken($userPoolId: String!, $secret: String!) { accessToken(userPoolId: $userPoolId, secret: $secret) { accessToken exp iat } }',
      { userPoolId, secret },
    );
    return (data.accessToken as { accessToken: string }).accessToken;
  };

  return { own, ask, askAs, get, encrypt, logIn, takeToken, takeAdministratorToken };
}

function readAnswer({ status, text }: RawAnswer): ApiAnswer {
  // GraphQL: an object with data, errors or both.
  const { data = {}, errors = [] } = JSON.parse(text) as Partial<Pick<ApiAnswer, 'data' | 'errors'>>;
  const told = errors[0]?.message;
  const object: Fields = typeof told === 'object' && told !== null ? { ...told } : {};
  return {
    status,
    data,
    errors,
    code: typeof object.code === 'number' ? object.code : undefined,
    message:
      typeof told === 'string' ? told : typeof object.message === 'string' ? object.message : undefined,
  };
}
