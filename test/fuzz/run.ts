/**
 * `npm run fuzz`: attacks every target with 100,000 cases, two at a time, and prints a table; ends with 1 where one was
 * broken. `--seed 7`, `--cases 1000`, `--target "page DOM"` (again for more), `--path 12:3:0` for one case that a failure
 * told.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { findingKinds, type Outcome } from './target.ts';
import { targets } from './targets.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    cases: { type: 'string', default: '100000' },
    target: { type: 'string', multiple: true },
    path: { type: 'string' },
  },
});

const seed = values.seed === undefined ? Math.floor(Date.now() / 1000) % 1_000_000 : Number(values.seed);
const cases = Number(values.cases);
const names = values.target ?? Object.keys(targets);
const unknown = names.find((name) => !Object.hasOwn(targets, name));
if (unknown !== undefined || !Number.isInteger(seed) || !Number.isInteger(cases) || cases < 1) {
  console.error(`No such target or number. The targets are: ${Object.keys(targets).join('; ')}.`);
  process.exit(2);
}

/** A case that lets no other thread in can't be timed from inside; in seconds. */
const longestSilence = 60;

function attack(name: string): Promise<Outcome> {
  const progress = new SharedArrayBuffer(8);
  const figures = new Int32Array(progress);
  const { path } = values;
  const workerData = { name, seed, cases, progress, ...(path === undefined ? {} : { path }) };
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const begun = performance.now();
  const watch = setInterval(() => {
    const [count = 0, at = 0] = figures;
    const silence = at === 0 ? 0 : Date.now() / 1000 - at;
    if (silence < longestSilence) return;
    const message = `Case ${count} has not ended after ${Math.round(silence)} s.`;
    const failure = { kind: 'hang', message, counterexample: `--cases ${count}`, path: '' } as const;
    const seconds = (performance.now() - begun) / 1000;
    resolve({ target: name, seed, cases: count, seconds, slowestMs: silence * 1000, failure });
  }, 1000);
  worker.on('message', (outcome: Outcome) => resolve(outcome)); // What worker.ts posts.
  worker.on('error', reject);
  return promise.finally(() => {
    clearInterval(watch);
    void worker.terminate();
  });
}

const titles = { crash: 'crashes', hang: 'hangs', leak: 'leaks', state: 'state changes' } as const;

function printTable(outcomes: readonly Outcome[]): void {
  const heads = ['target', 'cases', 's', 'slowest ms', ...findingKinds.map((kind) => titles[kind])];
  console.log(`\nSeed ${seed}\n\n| ${heads.join(' | ')} |\n| --- ${'| --: '.repeat(heads.length - 1)}|`);
  for (const { target, cases, seconds, slowestMs, failure } of outcomes) {
    const found = findingKinds.map((kind) => (failure?.kind === kind ? 1 : 0));
    const cells = [target, cases, Math.round(seconds), Math.round(slowestMs), ...found];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function printFailure({ target, failure }: Outcome): void {
  if (failure === undefined) return;
  const { kind, message, counterexample, path } = failure;
  console.log(`\n${target}: ${kind}\n${message}\nSmallest case: ${counterexample}`);
  if (path !== '') console.log(`Again: npm run fuzz -- --target "${target}" --seed ${seed} --path ${path}`);
}

const outcomes: Outcome[] = [];
const waiting = [...names];
await Promise.all(
  Array.from({ length: Math.min(2, availableParallelism()) }, async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const outcome = await attack(name);
      console.log(`${name}: ${outcome.cases} cases in ${Math.round(outcome.seconds)} s`);
      printFailure(outcome);
      outcomes.push(outcome);
    }
  }),
);
outcomes.sort((one, other) => names.indexOf(one.target) - names.indexOf(other.target));
printTable(outcomes);
process.exitCode = outcomes.some(({ failure }) => failure !== undefined) ? 1 : 0;
