import { AppError } from '../errors.ts';

/** Far below the step of 0.01, far above the rounding error of a product of two doubles. */
const tolerance = 1e-6;

/**
 * The chain's weight of a vote, an integer from -10000 to 10000, for a percentage from -100 to 100 in steps of 0.01.
 *
 * @throws AppError `bad_weight` (field `weight`) for what is no number, out of range, or finer than 0.01.
 */
export function parseWeight(percent: number): number {
  const exact = percent * 100;
  const weight = Math.round(exact);
  // Written so that NaN fails it.
  if (!(Math.abs(weight) <= 10_000 && Math.abs(exact - weight) < tolerance)) {
    throw new AppError('bad_weight', { field: 'weight' });
  }
  // Adding 0 turns -0 into 0.
  return weight + 0;
}

/** Percent of a chain's weight. */
export function toPercent(weight: number): number {
  return weight / 100;
}
