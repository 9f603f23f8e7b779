/** A thousand cases of each target with one seed; `npm run fuzz` makes a hundred times as many with another each time. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { targets } from './targets.ts';

const seed = 20_261_121;

it.each(Object.keys(targets))('%s: nothing breaks, hangs, leaks or changes what it may not', async (name) => {
  const outcome = await (await targets[name]?.())?.fuzz({ seed, cases: 1000 });
  expect(outcome?.failure).toBeUndefined();
  expect(outcome?.cases).toBe(1000);
});

it('every file with a target is in the table', () => {
  const files = readdirSync('test/fuzz').filter((file) =>
    /-(addresses|answers|dom|files)|^(csv|links|messages)\.ts$/.test(file),
  );
  expect(files).toHaveLength(Object.keys(targets).length);
});
