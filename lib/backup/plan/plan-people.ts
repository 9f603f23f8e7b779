import { placeRow } from '../../people/register.ts';
import type { Person } from '../../vault/schema.ts';
import { judge, listDifferences, type Planned, refuse } from './planned.ts';

const labelOf = ({ name, telephone = '', openId = '' }: Person) =>
  [name, telephone, openId].find((text) => text !== '') ?? '';

const isWhole = ({ telephone, appId, openId }: Person) =>
  (telephone !== undefined || openId !== undefined) && (appId === undefined) === (openId === undefined);

/** By the rules of the register: who has the same number, or the same sign-in, is the same person. */
export function planPeople(mine: readonly Person[], theirs: readonly Person[]): Planned<Person>[] {
  let now = [...mine];
  return theirs.map((told) => {
    const key = told.id;
    const label = labelOf(told);
    const value = isWhole(told) ? placeRow(now, told, told) : undefined;
    if (value === undefined) return refuse(key, label);
    const before = now.find(({ id }) => id === value.id);
    if (before === undefined) {
      now = [...now, value];
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
