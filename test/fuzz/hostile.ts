/** What strangers write: texts, JSON and addresses that broke programs before, and changes to what is in order. */
import * as fc from 'fast-check';

const oddities = [
  '',
  ' ',
  '\0',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\ud800',
  '\r\n',
  '\u2028',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e400',
  '9007199254740993',
  '../..',
  '..%2f',
  '%00',
  '%',
  '%zz',
  '%2525252e',
  '//evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' OR 1=1--",
  '=1+1',
  '@SUM(1)',
  '\t=1',
  ' =1+1',
  '\uff1d1+1',
  '🐝',
  '👨‍👩‍👧',
  'ﷺ',
  'ǅ',
  'İ',
];

/** What is said again and again: the longest chains that a pattern may have to try. */
const units = [
  'a',
  '"',
  '\\"',
  '\\',
  '%25',
  '%',
  '[',
  '{"a":',
  '(',
  ' ',
  '\n',
  ',',
  '.',
  '/',
  '-',
  '=',
  '&a',
  'eyJ-',
  'eyJaaaaaa.',
  'Bearer ',
  '@a/',
  '#',
  '\u202e',
  '🐝',
  '<b>',
  '0',
  'ﷺ',
];
const repeated = (most: number) =>
  fc
    .tuple(fc.constantFrom(...units), fc.integer({ min: 1, max: most }))
    .map(([unit, times]) => unit.repeat(Math.ceil(times / unit.length)));

/** Any letter, halves of letters and control characters too. fast-check's own tables of letters take seconds to make. */
const letter = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)),
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);
const letters = fc.array(letter, { maxLength: 12 }).map((all) => all.join(''));

/** @param longest of the texts that repeat one thing, in letters. */
export const hostileText = (longest = 300): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...oddities) },
    { weight: 4, arbitrary: letters },
    { weight: 1, arbitrary: repeated(longest) },
  );

const oddJson = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-0',
    '1',
    '-1',
    '0.5',
    '1e300',
    '1e306',
    '1e999',
    '-1e999',
    '9007199254740993',
  ],
  ...[
    '123456789012345678901234567890',
    '""',
    '[]',
    '{}',
    '[[]]',
    '{"__proto__":{"a":1}}',
    '{"constructor":1}',
  ],
  ...[
    '{"toString":1}',
    '{"length":-1}',
    '[null]',
    '"2026-11-21T00:00:00"',
    '"-1"',
    '"1e999"',
    '"1000000.000 SBD"',
  ],
];

/** A JSON value, as text: so that what no value can say (huge numbers, a name twice) is there too. */
export const hostileJson = (longest = 300): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...oddJson) },
    { weight: 2, arbitrary: hostileText(longest).map((text) => JSON.stringify(text)) },
    { weight: 1, arbitrary: fc.json({ depthSize: 'small' }) },
  );

/** A change to a text at a place that is told as a share of its length. */
export interface TextEdit {
  /** 0 to 1. */
  readonly at: number;
  /** Letters that go. */
  readonly remove: number;
  readonly insert: string;
}

export const textEdit = (insert: fc.Arbitrary<string> = hostileText()): fc.Arbitrary<TextEdit> =>
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.oneof(fc.nat(3), fc.nat(40)),
    insert,
  });

export function editText(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce((rest, { at, remove, insert }) => {
    const place = Math.floor(at * (rest.length + 1));
    return rest.slice(0, place) + insert + rest.slice(place + remove);
  }, text);
}

/** A change to one value of a JSON text. */
export interface JsonEdit {
  /** Which of the values, counted from the outside; taken modulo their number. */
  readonly at: number;
  readonly how: 'replace' | 'delete' | 'wrap' | 'repeat' | 'add';
  /** JSON. */
  readonly value: string;
  readonly name: string;
}

export const jsonEdit = (value: fc.Arbitrary<string> = hostileJson()): fc.Arbitrary<JsonEdit> =>
  fc.record({
    at: fc.nat(10_000),
    how: fc.constantFrom('replace', 'replace', 'replace', 'delete', 'wrap', 'repeat', 'add'),
    value,
    name: fc.oneof(
      fc.constantFrom('__proto__', 'error', 'errors', 'data', 'toString', 'message'),
      hostileText(50),
    ),
  });

type Holder = Record<string, unknown> | unknown[];

interface Place {
  readonly holder: Holder;
  readonly name: string;
}

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

function listPlaces(root: Holder): Place[] {
  const places: Place[] = [];
  const open: Holder[] = [root];
  for (let holder = open.pop(); holder !== undefined; holder = open.pop())
    for (const [name, value] of Object.entries(holder)) {
      places.push({ holder, name });
      if (isHolder(value)) open.push(value);
    }
  return places;
}

/** A value that stands for JSON which no value can say, until the text is made. */
const placeholder = (index: number) => `\u0001${index}\u0001`;

function set({ holder, name }: Place, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

/** @param box a list of the one value, so that it has a place too. */
function applyJsonEdit(box: unknown[], { at, how, name }: JsonEdit, stand: string): void {
  const places = listPlaces(box);
  const place = places[at % places.length];
  if (place === undefined) return;
  const { holder } = place;
  const value: unknown = Reflect.get(holder, place.name);
  if (how === 'replace') set(place, stand);
  else if (how === 'wrap') set(place, [value, stand]);
  else if (how === 'repeat') set(place, [value, value, value]);
  else if (how === 'add') set({ holder: isHolder(value) ? value : holder, name }, stand);
  else if (holder !== box) Reflect.deleteProperty(holder, place.name);
}

/** The text after the edits; itself where it is no JSON. */
export function editJson(text: string, edits: readonly JsonEdit[]): string {
  if (edits.length === 0) return text;
  let box: unknown[];
  try {
    box = [JSON.parse(text) as unknown];
  } catch {
    return text;
  }
  edits.forEach((edit, index) => applyJsonEdit(box, edit, placeholder(index)));
  return edits.reduce(
    (rest, { value }, index) => rest.replaceAll(JSON.stringify(placeholder(index)), () => value),
    JSON.stringify(box[0]),
  );
}
