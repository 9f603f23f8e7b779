/**
 * No sign-in is lost: random stories of renewals, deaths, lost answers, turned clocks and two backgrounds at once, against
 * services that rotate refresh tokens in each of the known ways. The same stories each time; a failure prints its path. More
 * stories, or others: `MODEL_RUNS=20000 MODEL_SEED=7 npm run unit -- test/lib/accounts/refresh.model.test.ts`.
 */
import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertRecovers, History } from './model/assert-kept.ts';
import { happenings } from './model/commands.ts';
import type { StepName } from './model/mortal-context.ts';
import { type Rotation, rotations } from './model/services.ts';
import { World } from './model/world.ts';

const runs = Number(env['MODEL_RUNS'] ?? 200);
const seed = Number(env['MODEL_SEED'] ?? 1);

const deathPoints = [
  'before the mark',
  'after the mark',
  'with the request on its way',
  'with the answer lost',
  'before the new pair is written',
  'after it is written',
] as const;

/** Where in a renewal a context died; the last step was not done. */
function nameDeath(steps: readonly StepName[]): (typeof deathPoints)[number] {
  const last = steps.at(-1);
  if (last === 'on its way') return 'with the request on its way';
  if (last === 'acted' || last === 'answered') return 'with the answer lost';
  const isWritten = (from: number) => steps.slice(from).includes('written');
  const answered = steps.indexOf('answered');
  if (answered >= 0) return isWritten(answered) ? 'after it is written' : 'before the new pair is written';
  return isWritten(0) ? 'after the mark' : 'before the mark';
}

async function tell(
  rotation: Rotation,
  commands: Iterable<fc.AsyncCommand<object, never>>,
  deaths: Set<string>,
) {
  const world = await World.create(rotation);
  const setting = {
    world,
    history: new History(),
    onDeath: (steps: readonly StepName[]) => deaths.add(nameDeath(steps)),
  };
  try {
    await fc.asyncModelRun(() => ({ model: {}, real: setting as never }), commands);
    await assertRecovers(world, setting.history);
  } finally {
    await world.close();
  }
}

describe.each(rotations)('a service whose rotation is %s', (rotation) => {
  it('costs nobody a sign-in', { timeout: 60_000 + runs * 500 }, async () => {
    const deaths = new Set<string>();
    const stories = fc.commands(happenings, { maxCommands: 10, size: 'max' });
    await fc.assert(
      fc.asyncProperty(stories, (commands) => tell(rotation, commands as never, deaths)),
      { numRuns: runs, seed },
    );
    // Without a refresh token there is no call that spends one.
    const reached = deathPoints.filter(
      (point) => rotation !== 'none' || point !== 'with the request on its way',
    );
    if (runs >= 100) expect([...deaths].sort()).toEqual([...reached].sort());
  });
});
