/** X's ids: milliseconds since 2010-11-04 in the high bits, a counter in the low ones; above 2^53 since long. */
const epoch = 1_288_834_974_657n;

export class Snowflakes {
  #counter = 0n;

  /** Decimal text of an id made at this time (UTC ms); ids of one moment rise. */
  next(at: number): string {
    this.#counter += 1n;
    return String(((BigInt(Math.floor(at)) - epoch) << 22n) | (this.#counter & 0x3f_ffffn));
  }
}

/** Negative when `a` is the older id. */
export function compareIds(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
