import { expect, it } from 'vitest';
import { planPeople } from '../../../lib/backup/plan/plan-people.ts';
import type { Person } from '../../../lib/vault/schema.ts';

const person = (fields: Partial<Person>): Person => ({ id: 'p', name: 'Li', createdAt: 1, ...fields });
const li = person({ id: 'li', telephone: '+48600100200' });
const wang = person({ id: 'wang', name: 'Wang', appId: 'app', openId: 'wang' });
const plan = (told: Partial<Person>) => {
  const [planned] = planPeople([li, wang], [person(told)]);
  return {
    state: planned?.state,
    id: planned?.value?.id,
    differs: planned?.differences.map(({ title }) => title),
  };
};

it.each([
  ['nobody here', { id: 'zhang', telephone: '+48600100299' }, { state: 'new', id: 'zhang', differs: [] }],
  ['the same number', { telephone: '+48600100200' }, { state: 'same', id: 'li', differs: [] }],
  [
    'the same number under another name',
    { telephone: '+48600100200', name: 'Li Na' },
    { state: 'different', id: 'li', differs: ['person_name'] },
  ],
  [
    'the same sign-in with a number',
    { name: 'Wang', appId: 'app', openId: 'wang', telephone: '+48600100299' },
    { state: 'different', id: 'wang', differs: ['person_telephone'] },
  ],
  [
    'a number of one and the sign-in of another',
    { telephone: '+48600100200', appId: 'app', openId: 'wang' },
    { state: 'refused', id: undefined, differs: [] },
  ],
  ['an openid without its app', { openId: 'x' }, { state: 'refused', id: undefined, differs: [] }],
  ['neither number nor sign-in', {}, { state: 'refused', id: undefined, differs: [] }],
])('knows people by the rules of the register: %s', (_name, told, wanted) => {
  expect(plan(told)).toEqual(wanted);
});

it('plans a hundred thousand people for as many', () => {
  const people = Array.from({ length: 100_000 }, (_, index) =>
    person({ id: String(index), telephone: `+${48_600_000_000 + index}` }),
  );
  const states = planPeople(people.slice(0, 50_000), people).map(({ state }) => state);
  expect(states.filter((state) => state === 'same')).toHaveLength(50_000);
  expect(states.filter((state) => state === 'new')).toHaveLength(50_000);
}, 5000);
