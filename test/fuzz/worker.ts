/** Attacks one target in a thread of its own, so that one which stands still can be ended from outside. */
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import './load-css.ts';
import { targets } from './targets.ts';

/** @see run.ts */
const job = z.object({
  name: z.string(),
  seed: z.number(),
  cases: z.number(),
  path: z.optional(z.string()),
  /** Two numbers: cases begun, and the second in which the last began. */
  progress: z.instanceof(SharedArrayBuffer),
});

const { name, progress, path, ...options } = job.parse(workerData);
const figures = new Int32Array(progress);
const target = await targets[name]?.();
const outcome = await target?.fuzz({
  ...options,
  ...(path === undefined ? {} : { path }),
  onCase() {
    Atomics.add(figures, 0, 1);
    Atomics.store(figures, 1, Math.floor(Date.now() / 1000));
  },
});
parentPort?.postMessage(outcome);
