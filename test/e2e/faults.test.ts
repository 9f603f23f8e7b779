/** A slice of `npm run faults`: the background is killed while accounts are renewed, votes cast and tweets posted. */
import { expect, test } from 'vitest';
import { runKills } from '../faults/kill-run.ts';
import { browserNames } from './driver/index.ts';

const kills = { chromium: 15, firefox: 8 };

test.each(browserNames)('nothing is lost or doubled in %s', async (name) => {
  const report = await runKills(name, { seed: 1, kills: kills[name] });
  expect(report.faults).toEqual([]);
  expect(report).toMatchObject({ tokensLost: 0, actionsDoubled: 0, actionsMisreported: 0 });
  expect(report.kills).toBe(kills[name]);
  expect(report.refreshes).toBeGreaterThan(kills[name]);
  expect(Math.min(...Object.values(report.refreshesOf))).toBeGreaterThan(0);
});
