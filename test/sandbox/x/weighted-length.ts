/** How long X finds a text. An own count by the published table (v3), sharing nothing with the product's. */
import { findUrls } from './urls.ts';

const urlLength = 23;
const single: readonly (readonly [number, number])[] = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
];
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Links count 23, an emoji of any make 2, other characters 1 or 2, after NFC. */
export function countWeightedLength(text: string): number {
  const normal = text.normalize('NFC');
  let length = 0;
  let position = 0;
  for (const { start, url } of findUrls(normal)) {
    length += weighText(normal.slice(position, start)) + urlLength;
    position = start + url.length;
  }
  return length + weighText(normal.slice(position));
}

function weighText(text: string): number {
  let weight = 0;
  for (const { segment } of graphemes.segment(text))
    weight += isEmoji(segment) ? 2 : weighCharacters(segment);
  return weight;
}

/** One that is drawn as one picture, also when its presentation marks were left out. */
function isEmoji(grapheme: string): boolean {
  if (/^\p{RGI_Emoji}$/v.test(grapheme) || /^[0-9#*]\uFE0F?\u20E3$/.test(grapheme)) return true;
  return /^\p{Extended_Pictographic}.*(?:\u200D|\p{Emoji_Modifier})/u.test(grapheme);
}

function weighCharacters(text: string): number {
  let weight = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    weight += single.some(([from, to]) => point >= from && point <= to) ? 1 : 2;
  }
  return weight;
}
