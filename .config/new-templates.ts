/** The texts that the generators start a file with. */

export function providerFile(id: string): string {
  return `import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { defineProvider } from './provider.ts';

const me = z.object({ name: z.string() });

/** What the service is, in one line, and a link to its documents. */
export const ${id} = defineProvider({
  protocol: 'oauth2',
  id: '${id}',
  title: '${id}',
  guide: 'x',
  fields: 'client',
  actsFor: 'tweet',
  bases: { auth: 'https://${id}.example', api: 'https://api.${id}.example' },
  addresses: 'fixed',
  refreshTokens: 'unknown',
  isSecretRequired: false,
  consoleUrl: 'https://${id}.example/developers',
  endpoints: ({ auth, api }) => ({ authorization: \`\${auth}/oauth2/authorize\`, token: \`\${api}/oauth2/token\` }),
  publicResponseType: 'code',
  hasPkce: true,
  clientAuthentication: 'basic',
  scope: () => 'profile offline',
  accessTokenSeconds: 3600,
  revokes: false,
  revokePage: ({ auth }, clientId) => \`\${auth}/revoke/\${encodeURIComponent(clientId)}\`,
  authorization: (accessToken) => \`Bearer \${accessToken}\`,
  buildIdentityRequest: ({ api }) => new Request(\`\${api}/me\`),
  readIdentity: (body) => {
    const answer = z.safeParse(me, body);
    if (!answer.success) throw new AppError('bad_answer', { cause: answer.error });
    return { id: answer.data.name, name: answer.data.name };
  },
  buildRevocationRequests: () => [],
});
`;
}

export function providerTest(id: string): string {
  return `import { expect, test } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { ${id} } from '../../../lib/providers/${id}.ts';

test('reads who a token belongs to', () => {
  expect(${id}.readIdentity({ name: 'bob' })).toEqual({ id: 'bob', name: 'bob' });
});

test('refuses an answer that names nobody', () => {
  expect(() => ${id}.readIdentity({ error: 'no' })).toThrow(AppError);
});
`;
}

export function actionFile(id: string, name: string): string {
  return `/** What these actions are about, in one line. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';

export const ${name} = defineAction({
  id: '${id}',
  title: 'What it does, in one line',
  senders: ['internal'],
  input: z.object({ name: z.string() }),
  output: z.object({ name: z.string() }),
  run: (_context, { name }) => Promise.resolve({ name }),
});
`;
}

export function actionTest(file: string, name: string): string {
  return `import * as z from 'zod/mini';
import { expect, test } from 'vitest';
import { ${name} } from '../../../lib/actions/${file}.ts';

test('refuses input without a name', () => {
  expect(z.safeParse(${name}.input, {}).success).toBe(false);
});
`;
}
