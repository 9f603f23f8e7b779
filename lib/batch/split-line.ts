/** A line of a list in its two parts, as texts. */
export interface LinkAndWeight {
  readonly link: string;
  /** Empty where the line has none. */
  readonly weight: string;
}

const number = String.raw`[-+\u2212]?\d{1,9}(?:[.,]\d{1,9})?\s{0,3}%?`;
// Each repetition is bounded, so that a hostile line of any kind is read in one pass.
const weightAtEnd = new RegExp(String.raw`[\s,;](${number})$`);
const weightAtStart = new RegExp(String.raw`^(${number})[\s,;]`);
const separators = ' \t,;\u00a0';

function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && separators.includes(text.charAt(start))) start += 1;
  while (end > start && separators.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * Parts a line without named columns: the weight is a number at its end or at its start, with or without a percent sign,
 * its decimals after a point or a comma. Quotation marks, which no link has, are a spreadsheet's and fall off.
 */
export function splitLine(line: string): LinkAndWeight {
  const text = trim(line.replaceAll('"', ''));
  const end = weightAtEnd.exec(text);
  if (end !== null) return { link: trim(text.slice(0, end.index)), weight: end[1] ?? '' };
  const start = weightAtStart.exec(text);
  if (start !== null) return { link: trim(text.slice(start[0].length)), weight: start[1] ?? '' };
  return { link: text, weight: '' };
}
