/** JSON with integers of any size, written as the chain nodes write them. */

/** Bare digits on the wire, as Hive's nodes send all integers. */
const marker = '\u0001integer:';

/** JSON text in which each bigint is a bare integer. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? `${marker}${item}` : item,
  ).replace(/"\\u0001integer:(-?\d+)"/g, '$1');
}

/** Steem's JSON writer quotes integers above 0xffffffff, and leaves negative ones bare however large. */
export function steemInteger(value: bigint): string | bigint {
  return value > 0xffff_ffffn ? String(value) : value;
}
