/** CSV from anywhere into the register of people, and CSV out of whatever strangers wrote. */
import * as fc from 'fast-check';
import { buildLookupCsv } from '../../entrypoints/popup/lookup-rows.ts';
import { ActionError } from '../../lib/bus/client.ts';
import { AppError } from '../../lib/errors.ts';
import { buildCsv } from '../../lib/journal/csv.ts';
import { readTable } from '../../lib/lookup/read-table.ts';
import { peopleColumns } from '../../lib/people/people-columns.ts';
import { readPeopleCsv } from '../../lib/people/people-csv.ts';
import { readCsv } from '../../lib/people/read-csv.ts';
import { createFakePorts } from '../fakes/create-fake-ports.ts';
import { createApp } from '../../lib/app/create-app.ts';
import { editText, hostileJson, hostileText, textEdit, type TextEdit } from './hostile.ts';
import { defineTarget, Finding } from './target.ts';

type Case =
  | {
      readonly kind: 'file';
      readonly edits: readonly TextEdit[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'out'; readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'look-up'; readonly answer: string };

const cell = hostileText(2000);
const telephone = fc.oneof(
  fc.integer({ min: 100, max: 999 }).map((tail) => `+48600100${tail}`),
  fc.constantFrom('', '600100200', '+0', '+48 600 100 200', "'+48600100200"),
  cell,
);
const person = fc.tuple(
  telephone,
  cell,
  fc.constantFrom('', 'wx1'),
  fc.constantFrom('', 'o1', 'o2'),
  cell,
  cell,
);
const signs = fc.constantFrom('"', '""', ',', '\r\n', '\n', '\r', '=', ' ', 'a', '\ufeff', '\0', ';', '\t');

const cases: fc.Arbitrary<Case> = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    edits: fc.array(textEdit(fc.oneof(signs, cell)), { maxLength: 3 }),
    rows: fc.array(person, { maxLength: 5 }),
  }),
  fc.record({
    kind: fc.constant('text' as const),
    text: fc.oneof(
      { weight: 20, arbitrary: fc.array(signs, { maxLength: 40 }).map((all) => all.join('')) },
      { weight: 5, arbitrary: hostileText(100_000) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(signs, fc.constantFrom('', '"', ',"'), fc.integer({ min: 1, max: 3_000_000 }))
          .map(([sign, before, times]) => before + sign.repeat(Math.ceil(times / sign.length))),
      },
    ),
  }),
  fc.record({
    kind: fc.constant('out' as const),
    heads: fc.uniqueArray(cell, { minLength: 1, maxLength: 4 }),
    rows: fc.array(fc.array(fc.oneof(cell, signs), { maxLength: 4 }), { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('look-up' as const), answer: hostileJson(5000) }),
);

const only = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code !== 'internal') return undefined;
    throw thrown;
  }
};

/** https://owasp.org/www-community/attacks/CSV_Injection: what a spreadsheet takes for a formula, also in its wide forms. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
const number = /^-?(\d|Infinity)/;

/** A reader of RFC 4180 by hand, so that no pattern of the product is trusted. */
function split(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  const readQuoted = () => {
    let field = '';
    for (at += 1; ; at += 1) {
      if (at >= text.length) throw new Finding('crash', 'A quote that is never closed.');
      if (text[at] !== '"') field += text[at] ?? '';
      else if (text[at + 1] === '"') field += text[(at += 1)] ?? '';
      else break;
    }
    at += 1;
    return field;
  };
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') field = readQuoted();
    else for (; at < text.length && !',\r\n'.includes(text[at] ?? ''); at += 1) field += text[at] ?? '';
    record.push(field);
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Finding('crash', `No end of line at ${at}.`);
    at += 2;
    records.push(record);
    record = [];
  }
  return records;
}

/** What leaves has the rows and columns that it should have, and no formula. */
function assertHarmless(text: string, columns: number, rows: number): void {
  const records = split(text);
  if (records.length !== rows + 1 || records.some((record) => record.length !== columns))
    throw new Finding(
      'crash',
      `${records.length} rows of ${records.map(({ length }) => length).join()} cells.`,
    );
  const bad = records.flat().find((field) => formula.test(field) && !number.test(field));
  if (bad !== undefined) throw new Finding('leak', `A formula: ${JSON.stringify(bad.slice(0, 50))}`);
}

function checkOut(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const objects = rows.map((row) => Object.fromEntries(heads.map((head, index) => [head, row[index]])));
  const text = buildCsv(heads, objects);
  assertHarmless(text, heads.length, rows.length);
  const back = readCsv(text);
  if (back.length !== rows.length + 1) throw new Finding('crash', 'Read back, it has other rows.');
}

function checkLookUp(answer: string): void {
  const body: unknown = only(() => JSON.parse(answer) as unknown);
  const rows = Array.isArray(body) ? (body as unknown[]) : [body, { '=a,b': 1, '"\n': answer }];
  const table = readTable(rows, { path: [], secrets: [] });
  const text = buildLookupCsv({
    columns: table.columns.map(({ id, title, kind }) => ({ id, title, kind })),
    rows: table.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
      ),
    ),
  });
  if (table.columns.length > 0) assertHarmless(text, table.columns.length, table.rows.length);
}

export const csv = defineTarget({
  name: 'CSV',
  cases,
  open: async () => {
    const ports = createFakePorts();
    const app = createApp(ports);
    const list = async () => JSON.stringify(await app.invoke('people.list', { search: '' }));
    await app.invoke('people.save', { telephone: '+48600100100', name: 'Li' });
    let before = await list();

    /** Imported all or nothing, and exported to a file that reads the same. */
    async function importPeople(people: ReturnType<typeof readPeopleCsv>): Promise<void> {
      const refusal = await app.invoke('people.import', { people }).then(
        () => undefined,
        (failure: unknown) => (failure instanceof ActionError ? failure.refusal.code : 'internal'),
      );
      if (refusal === 'internal') throw new Finding('crash', 'internal');
      if (refusal !== undefined) {
        if ((await list()) !== before)
          throw new Finding('state', `Refused (${refusal}), and took people in.`);
        return;
      }
      const { text } = await app.invoke('people.export', {});
      assertHarmless(text, peopleColumns.length, readCsv(text).length - 1);
      readPeopleCsv(text);
      const all = (await app.invoke('people.list', { search: '' })).people;
      for (const { id, telephone = '' } of all)
        if (telephone !== '+48600100100') await app.invoke('people.remove', { id });
      // Who was there may have got another name.
      before = await list();
    }

    return {
      async run(value) {
        if (value.kind === 'out') checkOut(value.heads, value.rows);
        else if (value.kind === 'look-up') checkLookUp(value.answer);
        else {
          const text =
            value.kind === 'text'
              ? value.text
              : editText(
                  buildCsv(
                    peopleColumns,
                    value.rows.map((row) =>
                      Object.fromEntries(peopleColumns.map((name, index) => [name, row[index]])),
                    ),
                  ),
                  value.edits,
                );
          only(() => readCsv(text));
          const people = only(() => readPeopleCsv(text));
          if (people !== undefined && people.length > 0) await importPeople(people);
        }
      },
      close: () => app.close(),
    };
  },
});
