/** An input for each action that its schema takes, made from the schema: no action can be forgotten. */
import * as z from 'zod/mini';
import { actions } from '../../lib/actions/index.ts';
import type { AccountIds } from './operations.ts';

/** What a field of this name is, where a mere text would be refused at once. */
const wellKnown: Readonly<Record<string, unknown>> = {
  post: 'https://steemit.com/@alice/notes-from-a-mountain-hut',
  text: 'Bees',
  passphrase: 'PLANTED passphrase of the fuzz',
  next: 'PLANTED next passphrase of the fuzz',
  provider: 'x',
  lookup: 'timeline',
  telephone: '+48600100200',
  authBase: 'https://steemlogin.com',
  apiBase: 'https://api.steemlogin.com',
  clientId: 'latchkey.app',
  clientSecret: 'PLANTED-CLIENT-SECRET',
  address: '/2/users/me',
  url: 'https://steemit.com/x/@alice/notes',
  form: 'vote',
  weight: 50,
  minutes: 15,
  author: 'alice',
  permlink: 'notes-from-a-mountain-hut',
  tweet: '1450000000000000001',
};

type Definition = Readonly<Record<string, unknown>> & { readonly type: string };

const definitionOf = (schema: unknown) => (schema as z.ZodMiniType)._zod.def as unknown as Definition;

function sampleObject(shape: Readonly<Record<string, unknown>>, account: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, inner]) => [name, sample(inner, name, account)]),
  );
}

/** @param name of the field. */
function sample(schema: unknown, name: string, account: string): unknown {
  const definition = definitionOf(schema);
  if (name === 'account') return account;
  switch (definition.type) {
    case 'object':
      return sampleObject(definition['shape'] as Record<string, unknown>, account);
    case 'array':
      return [sample(definition['element'], name, account)];
    case 'optional':
    case 'nullable':
    case 'default':
      return sample(definition['innerType'], name, account);
    case 'union':
      return sample((definition['options'] as unknown[])[0], name, account);
    case 'enum':
      return Object.values(definition['entries'] as object)[0];
    case 'literal':
      return (definition['values'] as unknown[])[0];
    case 'number':
      return wellKnown[name] ?? 1;
    case 'boolean':
      return true;
    case 'record':
      return { name: 'value' };
    case 'string':
      return 'format' in definition ? '6b3f2a51-6d0c-4b3a-9c55-0f1f6d2c7a10' : (wellKnown[name] ?? 'text');
    default:
      return 'text';
  }
}

/** @returns a valid input by action id. */
export function sampleInput(accounts: AccountIds): (id: string) => unknown {
  const made = new Map<string, unknown>(
    actions.map(({ id, input }) => {
      const account = accounts[id.startsWith('vote') || id.startsWith('page') ? 'steemlogin' : 'x'] ?? '';
      return [id, sample(input, '', account)];
    }),
  );
  for (const { id, input } of actions) {
    const parsed = z.safeParse(input, made.get(id));
    if (!parsed.success) throw new Error(`${id}: ${JSON.stringify(parsed.error.issues)}`);
  }
  return (id) => made.get(id);
}
