/**
 * `npm run faults -- [--seed N] [--kills N] [--browser chromium|firefox]`: kills the background of the build in `.output`
 * in both browsers and prints what was lost. Ends with 1 where anything was.
 */
import { exit } from 'node:process';
import { parseArgs } from 'node:util';
import { browserNames } from '../e2e/driver/index.ts';
import { type KillReport, runKills } from './kill-run.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, kills: { type: 'string' }, browser: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const kills = Number(values.kills ?? 200);
const chosen = browserNames.filter((name) => values.browser === undefined || values.browser === name);

const rows = [
  'browser',
  'version',
  'seed',
  'kills',
  'refreshes',
  'actions',
  'done',
  'failed',
  'unknown',
  'unknownButHeld',
  'tokensLost',
  'endedBySingleUse',
  'actionsDoubled',
  'actionsMisreported',
  'seconds',
] as const satisfies readonly (keyof KillReport)[];

let isFaulty = chosen.length === 0;
for (const name of chosen) {
  const report = await runKills(name, {
    seed,
    kills,
    onKill: (count) => {
      if (count % 20 === 0) console.error(`${name}: ${count} kills`);
    },
  });
  console.log(`\n${rows.map((row) => `${row.padEnd(20)} ${report[row]}`).join('\n')}`);
  for (const [service, count] of Object.entries(report.refreshesOf))
    console.log(`refreshes of ${service}: ${count}`);
  for (const [reason, count] of Object.entries(report.reasons)) console.log(`told ${reason}: ${count}`);
  for (const fault of report.faults) console.log(`FAULT ${fault}`);
  isFaulty ||= report.faults.length > 0;
}
exit(isFaulty ? 1 : 0);
