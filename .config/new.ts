/**
 * `npm run new:provider -- <id>` and `npm run new:action -- <area.verb>`: makes the file, its row in the table and its
 * test, and says what is left to do. Both come out working, so that the check passes from the first minute.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { actionFile, actionTest, providerFile, providerTest } from './new-templates.ts';

/** A wish that cannot be fulfilled; the message is for the person at the terminal. */
class Refused extends Error {}

interface Plan {
  readonly file: string;
  readonly source: string;
  readonly test: string;
  readonly testSource: string;
  readonly table: string;
  /** Changes the table's text. */
  readonly addRow: (table: string) => string;
  readonly left: readonly string[];
}

function camelCase(words: string): string {
  return words.replace(/[-.](\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Puts a line before the first that matches; imports stay in alphabetical order. */
function insertBefore(text: string, line: string, isAfter: (other: string) => boolean): string {
  const lines = text.split('\n');
  const index = lines.findIndex(isAfter);
  if (index === -1) throw new Refused('The table has no place for a new row: add it by hand.');
  return [...lines.slice(0, index), line, ...lines.slice(index)].join('\n');
}

function planProvider(id: string): Plan {
  if (!/^[a-z]+$/.test(id))
    throw new Refused('A provider id has small letters only, since it is a part of the redirect address.');
  return {
    file: `lib/providers/${id}.ts`,
    source: providerFile(id),
    test: `test/lib/providers/${id}.test.ts`,
    testSource: providerTest(id),
    table: 'lib/providers/index.ts',
    addRow: (table) =>
      insertBefore(table, `import { ${id} } from './${id}.ts';`, (line) => line.startsWith('import')).replace(
        /(export const providers[^=]*= \[[^\]]*)\]/,
        `$1  ${id},\n]`,
      ),
    left: [
      `Replace the example addresses and texts in lib/providers/${id}.ts with the service's own, with links to its documents.`,
      'Add its hosts to the table of hosts in README.md; the manifest takes them from the record.',
      'Add a strict stand-in to test/sandbox, and a journey to test/e2e.',
      'Say it in CHANGELOG.md.',
    ],
  };
}

function planAction(id: string): Plan {
  if (!/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(id))
    throw new Refused('An action id is an area and a verb, like "people.list".');
  const name = camelCase(id);
  const file = id.replace('.', '-');
  return {
    file: `lib/actions/${file}.ts`,
    source: actionFile(id, name),
    test: `test/lib/actions/${file}.test.ts`,
    testSource: actionTest(file, name),
    table: 'lib/actions/index.ts',
    addRow: (table) =>
      insertBefore(
        insertBefore(table, `import { ${name} } from './${file}.ts';`, (line) => line === ''),
        `  ${name},`,
        (line) => line === '] as const;',
      ),
    left: [
      `Write its input, its output and what it does in lib/actions/${file}.ts.`,
      'What it needs of the house: a method in lib/actions/context.ts, given in lib/app/create-app.ts.',
      'Who may ask for it: "senders", as few as possible. A page script is not to be trusted.',
      `The same once more, by hand, in the table of test/lib/bus/door.test.ts, and an input in dispatch.test.ts beside it.`,
      'Say it in CHANGELOG.md.',
    ],
  };
}

function write(root: string, path: string, text: string): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** Carries a plan out below `root`; nothing is written when something is in the way. */
function carryOut(root: string, plan: Plan): void {
  for (const path of [plan.file, plan.test])
    if (existsSync(join(root, path))) throw new Refused(`${path} is there already.`);
  const table = plan.addRow(readFileSync(join(root, plan.table), 'utf8'));
  write(root, plan.file, plan.source);
  write(root, plan.test, plan.testSource);
  write(root, plan.table, table);
}

const plans = new Map([
  ['provider', planProvider],
  ['action', planAction],
]);

try {
  const [kind = '', id = ''] = process.argv.slice(2);
  const plan = plans.get(kind)?.(id);
  if (plan === undefined) throw new Refused('Say what: "provider <id>" or "action <area.verb>".');
  carryOut(process.cwd(), plan);
  console.log(
    [`Made ${plan.file}`, `Made ${plan.test}`, `Added a row to ${plan.table}`, '', 'Left to do:'].join('\n'),
  );
  for (const step of plan.left) console.log(`- ${step}`);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
