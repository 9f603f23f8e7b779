import { AppError } from '../errors.ts';
import { parseWeight, toPercent } from '../steem/weight.ts';

/**
 * Percent of a weight as people write it: `50`, `50 %`, `-12,5`, with a true minus sign too. Undefined for nothing.
 * @throws AppError `bad_weight` (field `weight`)
 */
export function parseListWeight(text: string): number | undefined {
  const plain = text.replace(/%$/, '').trim().replace('\u2212', '-').replace(',', '.');
  if (plain === '') return undefined;
  if (!/^[-+]?\d+(\.\d+)?$/.test(plain)) throw new AppError('bad_weight', { field: 'weight' });
  return toPercent(parseWeight(Number(plain)));
}
