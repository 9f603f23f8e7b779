/** SECURITY.md is held to the tests it names: each is there, under that title, and each numbered line has one. */
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { listSources, parseSource, visit } from './read-imports.ts';

const page = readFileSync('SECURITY.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

const isTest = /\.test\.tsx?$/;

/** All texts of a test file, titles among them, whole or up to their first `${`. */
function readTexts(file: string): string[] {
  const texts: string[] = [];
  visit(parseSource(file), (node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) texts.push(node.text);
  });
  return texts;
}

/** Numbers in the titles of a kind, e.g. `BCP`, with the files they stand in. */
function collectNumbered(kind: string): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const file of listSources('test').filter((path) => isTest.test(path)))
    for (const text of readTexts(file)) {
      const number = Number(new RegExp(`^${kind} (\\d+): `).exec(text)?.[1]);
      if (number > 0) found.set(number, [...(found.get(number) ?? []), file]);
    }
  return found;
}

const numberedRows = (title: string) => {
  const part = page.slice(page.indexOf(`\n## ${title}`) + 1).split('\n## ')[0] ?? '';
  return part
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, number]) => /^\d+$/.test(number ?? ''))
    .map((cells) => ({
      number: Number(cells[1]),
      file: /`(test\/[^`]+)`/.exec(cells.at(-2) ?? '')?.[1] ?? '',
    }));
};

describe('the threat model', () => {
  const claims = rows.flatMap(([, against = '', claim = '', test = '']) => {
    const [, file = '', title = ''] = /^`(test\/[^`]+)` "(.+)"$/.exec(test) ?? [];
    return file === '' ? [] : [{ against, claim, file, title }];
  });

  it('names a test for every claim', () => {
    const start = rows.findIndex(([, first]) => first === 'against');
    const end = rows.findIndex(
      ([, first], index) => index > start && /^(no\.|faults injected)$/.test(first ?? ''),
    );
    expect(claims.length).toBeGreaterThan(20);
    expect(claims).toHaveLength(end - start - 2);
  });

  it.each(claims)('$against: $claim', ({ file, title }) => {
    expect(existsSync(file), file).toBe(true);
    expect(readTexts(file)).toContain(title);
  });

  it('BCP 40: promises no more than holds: it says that the profile folder is open without a passphrase', () => {
    expect(page).toContain('## What is not protected');
    expect(page).toMatch(/\*\*Without a passphrase, the profile folder\.\*\*/);
    expect(page).toMatch(/\*\*A program that runs as you/);
  });
});

describe('what commands showed', () => {
  const findTable = (text: string) => {
    const lines = text.split('\n');
    const start = lines.findIndex((line) => line.startsWith('| faults injected'));
    const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
    return lines.slice(start, start + length);
  };
  const table = findTable(page);

  it('has for each figure a command that is there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    }; // Our own file.
    expect(table.length).toBeGreaterThan(2);
    for (const row of table.slice(2)) {
      const [, script = '', file = ''] = /npm run (\S+)(?: -- (\S+))?[^`]*` *\|$/.exec(row) ?? [];
      expect(scripts, row).toHaveProperty([script]);
      expect(!file.startsWith('test/') || existsSync(file), row).toBe(true);
    }
  });

  it('is the same in the README', () => {
    expect(findTable(readFileSync('README.md', 'utf8'))).toEqual(table);
  });
});

describe.each([
  ['Page attack', 'Attacks of a page', 15],
  ['BCP', 'OAuth, line by line', 41],
])('every line of "%s"', (kind, title, count) => {
  const listed = numberedRows(title);
  const collected = collectNumbered(kind);

  it('is listed, once, in order', () => {
    expect(listed.map(({ number }) => number)).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    );
  });

  it('has its number in the title of a test of the file it names', () => {
    const without = listed.filter(({ number, file }) => collected.get(number)?.includes(file) !== true);
    expect(without).toEqual([]);
  });

  it('has no test that is not listed', () => {
    expect([...collected.keys()].filter((number) => number > count)).toEqual([]);
  });
});
