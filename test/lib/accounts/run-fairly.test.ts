import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runFairly } from '../../../lib/accounts/run-fairly.ts';

const limits = { atOnce: 4, perGroup: 2 };
const groupOf = (item: string) => item.slice(0, 1);

it('does everything once, within both limits, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 }), async (groups) => {
      const items = groups.map((group, index) => `${group}${index}`);
      const running: string[] = [];
      const done: string[] = [];
      await runFairly(items, groupOf, limits, async (item) => {
        running.push(item);
        expect(running.length).toBeLessThanOrEqual(limits.atOnce);
        expect(running.filter((other) => groupOf(other) === groupOf(item)).length).toBeLessThanOrEqual(2);
        await Promise.resolve();
        running.splice(running.indexOf(item), 1);
        done.push(item);
        if (item.endsWith('3')) throw new Error('a failure');
      });
      expect(done.toSorted()).toEqual(items.toSorted());
    }),
  );
});

it('keeps the order within a group', async () => {
  const done: string[] = [];
  await runFairly(['a1', 'a2', 'b1', 'a3', 'b2'], groupOf, { atOnce: 1, perGroup: 1 }, (item) =>
    Promise.resolve(void done.push(item)),
  );
  expect(done).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
});

it('lets no slow group hold up another', async () => {
  const slow = Promise.withResolvers<undefined>();
  const done: string[] = [];
  const all = runFairly(
    [...Array.from({ length: 50 }, (_, index) => `s${index}`), 'q1', 'q2', 'q3'],
    groupOf,
    limits,
    async (item) => {
      if (groupOf(item) === 's') await slow.promise;
      done.push(item);
    },
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toEqual(['q1', 'q2', 'q3']);
  slow.resolve(undefined);
  await all;
  expect(done).toHaveLength(53);
});
