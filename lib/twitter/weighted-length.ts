/**
 * The length of a tweet as X counts it: twitter-text configuration v3 (github.com/twitter/twitter-text config/v3.json,
 * docs.x.com fundamentals/counting-characters), with today's emoji.
 */
import { findUrls } from './find-urls.ts';

/** What a tweet of an account without Premium may weigh. */
export const maxTweetWeight = 280;
const urlWeight = 23;

export interface WeightedLength {
  /** Of `maxTweetWeight`. */
  readonly weight: number;
  readonly isValid: boolean;
  /** Why it is not valid; a text of only white space is empty, for X refuses it. */
  readonly reason?: 'empty' | 'too_long' | 'bad_character';
  /** Index (UTF-16, of the text as given) up to which the text may be sent; its length when all of it may. */
  readonly validUntil: number;
}

/** A link, an emoji or a character: what is counted as one and never divided. Indexes are UTF-16, the end not included. */
export interface WeightedUnit {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/** Keycaps count as emoji even without their variation selector. */
const emoji = /\p{RGI_Emoji}|[\d#*]\u20E3/gv;
/** Code points that weigh 1 (U+0000-10FF and most of the general punctuation); all others weigh 2. */
const light = /[\0-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]/;
/** What X refuses: three code points, and a lone surrogate, which has no UTF-8 and would arrive as another character. */
export const badCharacter = /[\uFFFE\uFEFF\uFFFF]|\p{Surrogate}/u;

/** Divides a text, in Unicode's form C, into what is counted. */
export function splitUnits(text: string): WeightedUnit[] {
  const ends = new Map(
    Array.from(text.matchAll(emoji), ({ index, 0: { length } }) => [
      index,
      { end: index + length, weight: 2 },
    ]),
  );
  for (const { start, end } of findUrls(text)) ends.set(start, { end, weight: urlWeight });
  const units: WeightedUnit[] = [];
  for (let start = 0; start < text.length;) {
    const { end, weight } = ends.get(start) ?? readCharacter(text, start);
    units.push({ start, end, weight });
    start = end;
  }
  return units;
}

function readCharacter(text: string, start: number): Omit<WeightedUnit, 'start'> {
  const end = start + ((text.codePointAt(start) ?? 0) > 0xff_ff ? 2 : 1);
  return { end, weight: light.test(text.slice(start, end)) ? 1 : 2 };
}

/** Counts a tweet and says up to where it may be sent. */
export function readWeightedLength(text: string): WeightedLength {
  const normal = text.normalize();
  let weight = 0;
  let fits = 0;
  for (const unit of splitUnits(normal)) {
    weight += unit.weight;
    if (weight <= maxTweetWeight) fits = unit.end;
  }
  const badAt = badCharacter.exec(normal)?.index ?? Infinity;
  const reason =
    badAt < Infinity
      ? 'bad_character'
      : weight > maxTweetWeight
        ? 'too_long'
        : normal.trim() === ''
          ? 'empty'
          : undefined;
  const validUntil = toOriginalIndex(text, Math.min(fits, badAt), normal);
  return { weight, isValid: reason === undefined, ...(reason && { reason }), validUntil };
}

/** The index in the text as given that stands for one in its form C: a composed character is kept whole or cut whole. */
function toOriginalIndex(text: string, index: number, normal: string): number {
  if (text === normal) return index;
  let passed = 0;
  for (const { segment, index: start } of new Intl.Segmenter().segment(text)) {
    passed += segment.normalize().length;
    if (passed > index) return start;
  }
  return text.length;
}
