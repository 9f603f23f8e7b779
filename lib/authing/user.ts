/** A person of a user pool, as they are put on show. Fields that are not named here are never asked for. */
import * as z from 'zod/mini';
import type { LookupRow } from '../providers/lookup.ts';

/** What people may fill in about themselves. */
export const profileNames = [
  'nickname',
  'name',
  'company',
  'website',
  'birthdate',
  'gender',
  'city',
  'country',
] as const;

const texts = ['id', 'username', 'email', 'phone', ...profileNames] as const;
const times = ['lastLogin', 'createdAt'] as const;

/** In a list, and of one person. In GraphQL's way of writing. */
export const shortFields = 'id username nickname email phone blocked lastLogin createdAt';
export const fullFields = [...texts, 'blocked', 'loginsCount', ...times].join(' ');

const nullishText = z.nullish(z.string());
export const user = z.object({
  ...(Object.fromEntries([...texts, ...times].map((name) => [name, nullishText])) as Record<
    (typeof texts)[number] | (typeof times)[number],
    typeof nullishText
  >),
  blocked: z.nullish(z.boolean()),
  loginsCount: z.nullish(z.number()),
});
export type User = z.output<typeof user>;

/** Times as UTC ms; what is empty is left out. */
export function toUserRow(person: User): LookupRow {
  const row: Record<string, string | number> = {};
  for (const name of texts) if (person[name]) row[name] = person[name];
  for (const name of times) {
    const at = Date.parse(person[name] ?? '');
    if (!Number.isNaN(at)) row[name] = at;
  }
  // A tick is the same in every language.
  if (person.blocked === true) row['blocked'] = '✓';
  if (typeof person.loginsCount === 'number') row['loginsCount'] = person.loginsCount;
  return row;
}
