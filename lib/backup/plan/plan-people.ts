import { placeRow } from '../../people/register.ts';
import type { Person } from '../../vault/schema.ts';
import { judge, listDifferences, type Planned, refuse } from './planned.ts';

const labelOf = ({ name, telephone = '', openId = '' }: Person) =>
  [name, telephone, openId].find((text) => text !== '') ?? '';

const isWhole = ({ telephone, appId, openId }: Person) =>
  (telephone !== undefined || openId !== undefined) && (appId === undefined) === (openId === undefined);

const signInOf = ({ appId, openId }: Person) => JSON.stringify([appId, openId]);

/** By the rules of the register: who has the same number, or the same sign-in, is the same person. */
export function planPeople(mine: readonly Person[], theirs: readonly Person[]): Planned<Person>[] {
  const now = new Map(mine.map((person) => [person.id, person]));
  const byNumber = new Map(mine.map((person) => [person.telephone, person]));
  const bySignIn = new Map(mine.map((person) => [signInOf(person), person]));
  return theirs.map((told) => {
    const key = told.id;
    const label = labelOf(told);
    // All that the rules could find, since to look through all for each takes hours for a file full of people.
    const alike = [byNumber.get(told.telephone), bySignIn.get(signInOf(told))].filter(
      (one) => one !== undefined,
    );
    const value = isWhole(told) ? placeRow(alike, told, told) : undefined;
    if (value === undefined) return refuse(key, label);
    const before = now.get(value.id);
    if (before === undefined) {
      now.set(value.id, value);
      return { key, label, state: 'new', differences: [], value };
    }
    const differences = listDifferences([
      ['person_telephone', before.telephone, value.telephone],
      ['person_name', before.name, value.name],
      ['lookup_column_openId', before.openId, value.openId],
      ['lookup_column_nickname', before.nickname, value.nickname],
      ['lookup_column_unionId', before.unionId, value.unionId],
    ]);
    return { key, label, ...judge(differences), value };
  });
}
