/** People, roles and groups as the API gives them; a function is a field that takes arguments. */
import type { Call, Fields } from '../call.ts';
import { readText } from '../call.ts';
import type { PoolLabel } from '../pool.ts';
import type { PoolUser } from '../user.ts';

const defaultNamespace = 'default';

export interface Page {
  readonly totalCount: number;
  readonly list: readonly unknown[];
}

/** Pages count from 1; ten a page unless the caller says otherwise. */
export function paginate<Item>(items: readonly Item[], args: Fields, present: (item: Item) => unknown): Page {
  const page = typeof args.page === 'number' ? args.page : 1;
  const limit = typeof args.limit === 'number' ? args.limit : 10;
  const from = (Math.max(page, 1) - 1) * limit;
  return { totalCount: items.length, list: items.slice(from, from + Math.max(limit, 0)).map(present) };
}

export function presentUser(call: Call, user: PoolUser): Record<string, unknown> {
  const { pool } = call.service;
  return {
    ...call.service.describe(user),
    roles: (args: Fields) => {
      const isKnown = (readText(args, 'namespace') ?? defaultNamespace) === defaultNamespace;
      const labels = isKnown ? pickLabels(pool.roles, user.roles) : [];
      return { totalCount: labels.length, list: labels.map((label) => presentRole(call, label)) };
    },
    groups: () => {
      const labels = pickLabels(pool.groups, user.groups);
      return { totalCount: labels.length, list: labels.map((label) => presentGroup(call, label)) };
    },
  };
}

function pickLabels(all: ReadonlyMap<string, PoolLabel>, codes: ReadonlySet<string>): PoolLabel[] {
  return [...all.values()].filter(({ code }) => codes.has(code));
}

export function presentRole({ service }: Call, { code, description }: PoolLabel): Record<string, unknown> {
  const { settings, brand } = service;
  return {
    id: code,
    code,
    description,
    namespace: defaultNamespace,
    arn: `arn:cn:${brand.name}:${settings.userPoolId}:role:${code}`,
    createdAt: '2021-06-01T08:00:00.000Z',
    updatedAt: '2021-06-01T08:00:00.000Z',
  };
}

export function presentGroup(call: Call, group: PoolLabel): Record<string, unknown> {
  const { pool } = call.service;
  return {
    ...group,
    createdAt: '2021-06-01T08:00:00.000Z',
    updatedAt: '2021-06-01T08:00:00.000Z',
    users: (args: Fields) =>
      paginate(
        pool.users.filter((user) => user.groups.has(group.code)),
        args,
        (user) => presentUser(call, user),
      ),
  };
}
