/** Divides a long text into the tweets of a thread. */
import { maxTweetWeight, readWeightedLength, splitUnits, type WeightedUnit } from './weighted-length.ts';

/** What stands behind each tweet of a thread: `(1/3)` or `1/3`. */
export type ThreadNumbering = 'brackets' | 'plain';

/** A line with only this divides where the person wants it. */
const marker = /^[^\S\n]*---[^\S\n]*$/m;
/** Up to the white space behind the end of a sentence, an empty line included; full-width signs need none. */
const sentenceEnd = /(?:[.!?…]["'”’»)\]]*(?=\s)|[。！？]["'”’»」』）]*|\n(?=\s*\n))/g;
const wordEnd = /(?=\s)/g;
/** What may not come first in a tweet, being part of what stands before it. */
const joined = /^[\p{M}\p{Emoji_Modifier}\u200C\u200D]/u;

/** A border is taken only when at least this part of the tweet is in use then, so that no tweet is a scrap. */
const least = { sentence: 0.5, word: 0.25 };

/**
 * The tweets of a thread, in order and in Unicode's form C, each within the limit with its number. A text that fits
 * is one tweet without a number; an empty one is no tweet. Borders are the person's markers, then ends of sentences, then
 * of words; links, emoji and composed characters stay whole.
 */
export function splitThread(text: string, numbering: ThreadNumbering = 'brackets'): string[] {
  const sections = splitSections(text.normalize());
  const [only, ...others] = sections;
  if (only !== undefined && others.length === 0 && readWeightedLength(only).weight <= maxTweetWeight)
    return [only];
  // The number takes room, and how much depends on how many tweets there will be.
  for (let digits = 1; ; digits += 1) {
    const room = maxTweetWeight - buildNumber(numbering, '9'.repeat(digits), '9'.repeat(digits)).length;
    const parts = sections.flatMap((section) => splitSection(section, room));
    const total = String(parts.length);
    if (total.length <= digits)
      return parts.map((part, index) => part + buildNumber(numbering, String(index + 1), total));
  }
}

/** What stands between the person's markers, without those and the empty ones. */
export function splitSections(text: string): string[] {
  return text
    .split(marker)
    .map((section) => section.trim())
    .filter((section) => section !== '');
}

function buildNumber(numbering: ThreadNumbering, number: string, total: string): string {
  return numbering === 'brackets' ? ` (${number}/${total})` : ` ${number}/${total}`;
}

/** @param room what a part may weigh without its number. */
function splitSection(section: string, room: number): string[] {
  const units = splitUnits(section);
  const parts: string[] = [];
  for (let first = 0; first < units.length;) {
    let allowed = room;
    let next = 0;
    let part = '';
    // A cut can make a link of what was none (`$|x.ai`), so each part is weighed as it stands alone.
    for (let excess = 1; excess > 0; allowed -= excess) {
      next = findBorder(section, units, first, allowed);
      part = section.slice(units[first]?.start, units[next]?.start).trim();
      excess = readWeightedLength(part).weight - room;
    }
    parts.push(part);
    first = skipSpace(section, units, next);
  }
  return parts;
}

function skipSpace(section: string, units: readonly WeightedUnit[], from: number): number {
  let at = from;
  for (let unit = units[at]; unit && section.slice(unit.start, unit.end).trim() === ''; unit = units[at])
    at += 1;
  return at;
}

/** The unit that begins the part after the one that begins with `first`. */
function findBorder(section: string, units: readonly WeightedUnit[], first: number, room: number): number {
  let weight = units[first]?.weight ?? 0;
  let end = first + 1;
  for (let unit = units[end]; unit && weight + unit.weight <= room; unit = units[end]) {
    weight += unit.weight;
    end += 1;
  }
  const start = units[first]?.start ?? 0;
  const stop = units[end]?.start;
  if (stop === undefined) return end;
  // One character more than fits, to see whether white space follows.
  const seen = section.slice(start, stop + 1);
  const borders = [
    findLast(seen, sentenceEnd, least.sentence * (stop - start)),
    findLast(seen, wordEnd, least.word * (stop - start)),
  ];
  for (const border of borders) {
    // Undefined where the border lies within a link (`example.com?a`), which is no border.
    const index = units.findIndex((unit) => unit.start === start + (border ?? Infinity));
    if (index > first && index <= end) return index;
  }
  return findCut(section, units, first, end);
}

/** The last border a pattern finds, undefined when it is nearer than `from`. */
function findLast(text: string, border: RegExp, from: number): number | undefined {
  const last = Array.from(text.matchAll(border), ({ index, 0: { length } }) => index + length).at(-1);
  return last !== undefined && last >= from ? last : undefined;
}

/** Where there is no border: the last unit that may begin a tweet, after one at least, so that the thread goes on. */
function findCut(section: string, units: readonly WeightedUnit[], first: number, end: number): number {
  let at = end;
  while (at > first + 1 && joined.test(section.slice(units[at]?.start, units[at]?.end))) at -= 1;
  return at > first + 1 ? at : end;
}
