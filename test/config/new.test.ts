/** The generators, run on a copy of the repository: what they make has to work as it is. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'latchkey-new-'));
  for (const part of [
    '.config',
    'lib',
    'assets',
    'test/setup.ts',
    'tsconfig.json',
    'package.json',
    '.prettierrc.json',
  ])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(execPath, args, { cwd: copy, encoding: 'utf8' });
  return { status, stdout, stderr };
}
const make = (...args: string[]) => run('.config/new.ts', ...args);
const read = (path: string) => readFileSync(join(copy, path), 'utf8');

test('a new provider is a row of the table, typed and tested', () => {
  const made = make('provider', 'myservice');
  expect(made.stderr).toBe('');
  expect(made.stdout).toContain('Left to do:');
  expect(read('lib/providers/index.ts')).toMatch(/\[\n {2}steemlogin,\n[^\]]* {2}myservice,\n\]/);
  expect(read('lib/providers/myservice.ts')).toContain("id: 'myservice'");
});

test('a new action is a row of the table, typed and tested', () => {
  expect(make('action', 'people.list').stdout).toContain('Left to do:');
  expect(read('lib/actions/index.ts')).toContain('  peopleList,\n] as const;');
});

test('what was made passes the check', () => {
  const made = ['lib/providers/myservice.ts', 'test/lib/providers/myservice.test.ts'];
  made.push('lib/actions/people-list.ts', 'test/lib/actions/people-list.test.ts');
  const tables = ['lib/providers/index.ts', 'lib/actions/index.ts'];
  writeFileSync(
    join(copy, 'tsconfig.made.json'),
    JSON.stringify({ extends: './tsconfig.json', include: [], files: [...made, ...tables] }),
  );
  expect(run('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.made.json').stdout).toBe('');
  expect(run('node_modules/prettier/bin/prettier.cjs', '--check', ...made, ...tables).stderr).toBe('');
  const tests = run(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    '.config/vitest.config.ts',
    '--project',
    'unit',
  );
  expect(tests.stdout).toContain('3 passed');
}, 180_000);

test('what is there is not overwritten, and bad names are refused', () => {
  expect(make('provider', 'steemlogin')).toMatchObject({
    status: 1,
    stderr: 'lib/providers/steemlogin.ts is there already.\n',
  });
  expect(make('provider', 'My Service').status).toBe(1);
  expect(make('action', 'list').status).toBe(1);
  expect(make('thing', 'x').status).toBe(1);
});
