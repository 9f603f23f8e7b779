/** Two browsers measured in turns, so that whatever else the machine does falls on both alike. */
import type { BrowserDriver } from '../e2e/driver/driver.ts';
import { median } from './median.ts';

export interface Contenders {
  /** With the extension that does next to nothing. */
  readonly floor: BrowserDriver;
  readonly latchkey: BrowserDriver;
}

export interface Result<Figure extends string> {
  readonly floor: Readonly<Record<Figure, number>>;
  readonly latchkey: Readonly<Record<Figure, number>>;
}

/** The first rounds fill caches and are not counted. */
const warmUps = 2;

/** Runs `measure` in both browsers, round by round. @returns the medians of each figure. */
export async function compare<Figure extends string>(
  contenders: Contenders,
  rounds: number,
  measure: (browser: BrowserDriver, isFloor: boolean) => Promise<Record<Figure, number>>,
): Promise<Result<Figure>> {
  const floor: Record<Figure, number>[] = [];
  const latchkey: Record<Figure, number>[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    const one = await measure(contenders.floor, true);
    const other = await measure(contenders.latchkey, false);
    if (round < 0) continue;
    floor.push(one);
    latchkey.push(other);
  }
  return { floor: medians(floor), latchkey: medians(latchkey) };
}

function medians<Figure extends string>(records: readonly Record<Figure, number>[]): Record<Figure, number> {
  const [first] = records;
  if (first === undefined) throw new Error('No rounds');
  const figures = Object.keys(first).map((name) => [
    name,
    // All records have the keys of the first.
    median(records.map((record) => record[name as Figure])),
  ]);
  return Object.fromEntries(figures) as Record<Figure, number>; // The keys are those of the first.
}
