/** The device flow (RFC 8628): a code that the person takes to the service's page, and asking until they have decided. */
import * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { DeviceFlow, Failure } from '../providers/provider.ts';
import { readAnswer, readFailure, toFailureError } from './read-answer.ts';
import { authenticate, type OAuth2Client, serverOf, type Tokens } from './token-endpoint.ts';

type Network = Pick<Ports, 'http' | 'clock'>;

/** Section 3.2. */
export interface DeviceCode {
  /** Secret. */
  readonly deviceCode: string;
  /** What the person types. */
  readonly userCode: string;
  /** Where they type it, and the same with the code in the address. */
  readonly page: string;
  readonly pageWithCode: string | undefined;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

/** Section 3.5: nobody has decided yet, and the service may want to be asked less often. */
export type DevicePoll = 'waiting' | 'slow_down' | Tokens;

/** Some services write numbers as texts. */
const seconds = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^\d+$/))]),
  z.transform((value) => Number(value)),
);
const webAddress = z.string().check(z.regex(/^https:\/\//));
const deviceAnswer = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: webAddress,
  verification_uri_complete: z.optional(webAddress),
  expires_in: seconds,
  interval: z.optional(seconds),
});
const tokenAnswer = z.object({
  access_token: z.string(),
  refresh_token: z.optional(z.string()),
  expires_in: z.optional(seconds),
  scope: z.optional(z.string()),
});

const deviceErrors: Readonly<Record<string, ErrorCode>> = {
  access_denied: 'device_refused',
  expired_token: 'device_code_expired',
};

async function post(network: Network, client: OAuth2Client, url: string, fields: Record<string, string>) {
  const body = new URLSearchParams(fields);
  const headers = new Headers({ accept: 'application/json' });
  await authenticate(client)(serverOf(client), { client_id: client.clientId }, body, headers);
  const request = new Request(url, { method: 'POST', body, headers });
  return readAnswer(await network.http(request), network.clock.now(), client.provider);
}

function toError({ provider }: OAuth2Client, flow: DeviceFlow, failure: Failure): AppError {
  const code = { ...deviceErrors, ...flow.errors }[failure.error ?? ''];
  if (code !== undefined) return new AppError(code);
  const { readTokenFailure = provider.readFailure } = provider;
  return readTokenFailure?.(failure) ?? toFailureError(failure);
}

function read<Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.output<Schema> {
  const answer = z.safeParse(schema, body);
  // The answer holds secrets, so nothing of it goes into the error.
  if (!answer.success) throw new AppError('bad_answer');
  return answer.data;
}

/** Section 3.1. @throws AppError with the service's meaning of a refusal. */
export async function requestDeviceCode(
  network: Network,
  client: OAuth2Client,
  flow: DeviceFlow,
  scope: string,
): Promise<DeviceCode> {
  const fields = { client_id: client.clientId, scope };
  const answer = await post(network, client, flow.endpoint(client.bases), fields);
  const failure = () => readFailure(answer, [client.clientSecret]);
  if (answer.status !== 200) throw toError(client, flow, failure());
  if (!answer.isJson) throw client.provider.readNoJson?.(failure()) ?? new AppError('bad_answer');
  const codes = read(deviceAnswer, answer.body);
  return {
    deviceCode: codes.device_code,
    userCode: codes.user_code,
    page: codes.verification_uri,
    pageWithCode: codes.verification_uri_complete,
    expiresInSeconds: codes.expires_in,
    // Section 3.5: five where the service does not say.
    intervalSeconds: codes.interval ?? 5,
  };
}

/** Section 3.4: asks once. @throws AppError; what may pass says nothing of the code. */
export async function pollDeviceCode(
  network: Network,
  client: OAuth2Client,
  flow: DeviceFlow,
  deviceCode: string,
): Promise<DevicePoll> {
  const { provider, bases } = client;
  const answer = await post(network, client, provider.endpoints(bases).token, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: deviceCode,
  });
  const failure = readFailure(answer, [client.clientSecret, deviceCode]);
  if (answer.status !== 200) {
    if (failure.error === 'authorization_pending') return 'waiting';
    if (failure.error === 'slow_down') return 'slow_down';
    throw toError(client, flow, failure);
  }
  if (!answer.isJson) throw provider.readNoJson?.(failure) ?? new AppError('bad_answer');
  const tokens = read(tokenAnswer, provider.conformToken?.(answer.body) ?? answer.body);
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresInSeconds: tokens.expires_in,
    ...(tokens.scope === undefined ? {} : { scopes: tokens.scope.split(' ') }),
  };
}
