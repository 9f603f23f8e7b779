/**
 * The sandbox's time inside code that knows only `Date.now`. oidc-provider has no clock to give it, so `Date.now`
 * answers with the sandbox's time for what runs, also asynchronously, inside `runAt`, and as ever for all else.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SandboxClock } from '../clock.ts';

const scope = new AsyncLocalStorage<SandboxClock>();
const machineTime = Date.now;

/** Runs `work` by this clock. */
export function runAt<T>(clock: SandboxClock, work: () => T): T {
  if (Date.now === machineTime) Date.now = readTime;
  return scope.run(clock, work);
}

function readTime(): number {
  // Read apart: the clock itself asks Date.now.
  return machineTime() + (scope.getStore()?.offsetMs ?? 0);
}
