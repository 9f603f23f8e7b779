/** The rooms of the house and the doors between them, as data; README and CONTRIBUTING say what each room is for. */
import { readFileSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path/posix';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { actions } from '../lib/actions/index.ts';
import { providers } from '../lib/providers/index.ts';
import { chains } from '../lib/steem/chain.ts';
import { listSources, parseSource, readImports, visit } from './read-imports.ts';

interface Room {
  /** Rooms and packages it may use at run time. */
  readonly uses: readonly string[];
  /** Rooms of which it may know types only. */
  readonly knows?: readonly string[];
}

/** What a page script can afford: pure, small, without zod. */
const pureSteem = [
  'lib/steem/account-name.ts',
  'lib/steem/chain.ts',
  'lib/steem/post-in-url.ts',
  'lib/steem/sites',
  'lib/steem/vote-value.ts',
  'lib/steem/weight.ts',
];
const asking = ['lib/bus/ask-until-done.ts', 'lib/bus/client.ts'];
const views = ['preact', 'preact/hooks', 'lib/ui', ...asking, ...pureSteem];

/** A file belongs to the room with the longest name that fits. What is not written here is not allowed. */
const rooms: Readonly<Record<string, Room>> = {
  'lib/errors.ts': { uses: [] },
  'lib/ports.ts': { uses: [] },
  'lib/providers': {
    uses: [
      'lib/errors.ts',
      'lib/allegro',
      'lib/authing',
      'lib/lookup/secrets.ts',
      'lib/twitter',
      'lib/wechat',
      'zod/mini',
    ],
  },
  'lib/authing': { uses: ['lib/errors.ts', 'zod/mini'], knows: ['lib/providers'] },
  'lib/oauth': {
    uses: ['lib/errors.ts', 'lib/lookup/secrets.ts', 'oauth4webapi', 'zod/mini'],
    knows: ['lib/ports.ts', 'lib/providers'],
  },
  'lib/vault': { uses: ['lib/errors.ts', 'idb', 'zod/mini'], knows: ['lib/ports.ts'] },
  'lib/journal': { uses: ['lib/errors.ts', 'lib/vault'], knows: ['lib/ports.ts'] },
  'lib/outbox': { uses: ['lib/errors.ts', 'lib/vault', 'lib/journal'], knows: ['lib/ports.ts'] },
  'lib/backup': {
    uses: [
      ...[
        'lib/errors.ts',
        'lib/providers',
        'lib/vault',
        'lib/journal',
        'lib/lookup',
        'lib/people/register.ts',
      ],
      ...['lib/steem/account-name.ts', 'lib/steem/permlink.ts'],
      ...['binding', 'registrations', 'timing', 'unnamed'].map((name) => `lib/accounts/${name}.ts`),
      'zod/mini',
    ],
    knows: ['lib/ports.ts', 'lib/actions'],
  },
  'lib/people': {
    uses: ['lib/errors.ts', 'libphonenumber-js/min'],
    knows: ['lib/ports.ts', 'lib/vault'],
  },
  'lib/steem': { uses: ['lib/errors.ts', 'zod/mini'], knows: ['lib/ports.ts', 'lib/actions'] },
  'lib/steem/chain.ts': { uses: [] },
  'lib/steem/account-name.ts': { uses: [] },
  'lib/steem/post-in-url.ts': { uses: ['lib/steem/account-name.ts'] },
  'lib/steem/vote-value.ts': { uses: [], knows: ['lib/actions'] },
  'lib/steem/weight.ts': { uses: ['lib/errors.ts'] },
  'lib/steem/sites': { uses: ['lib/steem/post-in-url.ts'], knows: ['lib/steem/chain.ts'] },
  'lib/batch': { uses: ['lib/errors.ts', 'lib/steem'] },
  'lib/twitter': { uses: ['lib/errors.ts', 'zod/mini'] },
  'lib/allegro': { uses: ['lib/errors.ts', 'zod/mini'] },
  'lib/wechat': { uses: ['lib/errors.ts', 'zod/mini'] },
  /** Pure, and everybody's. */
  'lib/lookup/secrets.ts': { uses: [] },
  'lib/lookup': { uses: ['lib/errors.ts', 'lib/lookup/secrets.ts'], knows: ['lib/providers'] },
  'lib/accounts': {
    uses: [
      'lib/errors.ts',
      'lib/lookup/secrets.ts',
      'lib/oauth',
      'lib/providers',
      'lib/vault/sealed-places.ts',
      'zod/mini',
    ],
    knows: ['lib/ports.ts', 'lib/vault'],
  },
  'lib/actions': { uses: ['lib/errors.ts', 'zod/mini'], knows: ['lib/bus/sender.ts'] },
  'lib/bus/envelope.ts': { uses: [], knows: ['lib/errors.ts'] },
  'lib/bus/sender.ts': { uses: [] },
  'lib/bus/ask-every-piece.ts': { uses: [] },
  'lib/bus/ask-until-done.ts': { uses: ['lib/bus/client.ts'], knows: ['lib/actions'] },
  'lib/bus/client.ts': { uses: ['lib/bus/envelope.ts'], knows: ['lib/actions'] },
  'lib/bus/dispatch.ts': {
    uses: ['lib/errors.ts', 'lib/bus/envelope.ts', 'zod/mini'],
    knows: ['lib/actions', 'lib/ports.ts', 'lib/bus/sender.ts'],
  },
  'lib/app': {
    uses: [
      ...[
        'lib/errors.ts',
        'lib/providers',
        'lib/oauth',
        'lib/vault',
        'lib/journal',
        'lib/outbox',
        'lib/batch',
        'lib/lookup',
        'lib/people/people-columns.ts',
        'lib/people/register.ts',
        'lib/backup',
        'lib/steem',
        'lib/twitter',
      ],
      ...['lib/accounts', 'lib/actions', 'lib/bus', 'zod/mini'],
    ],
    knows: ['lib/ports.ts'],
  },
  'lib/locale': { uses: [], knows: ['lib/ports.ts', 'assets'] },
  'lib/platform': {
    uses: ['webextension-polyfill', 'lib/errors.ts', 'lib/bus', 'lib/locale'],
    knows: ['lib/ports.ts'],
  },
  /** What views and page scripts get of the platform: no polyfill. */
  'lib/platform/announcements.ts': { uses: [] },
  'lib/platform/extension.ts': { uses: [], knows: ['webextension-polyfill'] },
  'lib/platform/view.ts': {
    uses: ['lib/bus/client.ts', 'lib/locale', 'lib/platform/announcements.ts', 'lib/platform/extension.ts'],
    knows: ['lib/ports.ts'],
  },
  'lib/platform/view-ports.ts': { uses: ['lib/platform/view.ts'], knows: ['lib/ui'] },
  'lib/ui': {
    uses: ['lib/bus/ask-every-piece.ts', ...views, 'lib/twitter/prices.ts'],
    knows: ['lib/actions', 'lib/errors.ts', 'lib/locale', 'lib/ports.ts'],
  },
  'entrypoints/background.ts': {
    uses: [
      'wxt/utils/define-background',
      'lib/app',
      'lib/bus/dispatch.ts',
      'lib/platform',
      'lib/steem/sites',
    ],
  },
  'entrypoints/popup': {
    uses: [
      ...views,
      ...['lib/twitter/split-thread.ts', 'lib/twitter/weighted-length.ts', 'lib/twitter/prices.ts'],
      ...['lib/platform/view-ports.ts', 'assets', 'lib/journal/csv.ts'],
    ],
    knows: ['lib/actions'],
  },
  'entrypoints/options': {
    uses: [
      ...['@zxcvbn-ts/core', '@zxcvbn-ts/language-common'],
      ...views,
      'uqr',
      ...[
        'lib/people',
        'lib/twitter/prices.ts',
        'lib/backup/limits.ts',
        'lib/batch/forecast-mana.ts',
        'lib/lookup/custom-address.ts',
        'lib/platform/view-ports.ts',
        'assets',
      ],
    ],
    knows: ['lib/actions', 'lib/errors.ts', 'lib/locale'],
  },
  'entrypoints/steem.content': {
    uses: [
      ...['wxt/utils/define-content-script', 'entrypoints/vote-popover', 'lib/bus/client.ts'],
      ...['lib/platform/view.ts', ...pureSteem],
    ],
    knows: ['lib/actions', 'lib/locale'],
  },
  'entrypoints/vote-popover': {
    uses: [
      ...['wxt/utils/define-unlisted-script', 'entrypoints/steem.content', ...asking],
      ...['lib/platform/view.ts', ...pureSteem],
    ],
    knows: ['lib/actions', 'lib/locale'],
  },
};

const isIn = (room: string, path: string) => path === room || path.startsWith(`${room}/`);

function getRoom(path: string): string {
  const fitting = Object.keys(rooms).filter((room) => isIn(room, path));
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) throw new Error(`${path} is in no room: name it in test/architecture.test.ts`);
  return longest;
}

const sources = [...listSources('lib'), ...listSources('entrypoints')];
const importsOf = new Map(sources.map((file) => [file, readImports(file)]));

/** Imports of a file that no door of its room allows. */
function findTrespasses(file: string): string[] {
  const own = getRoom(file);
  const { uses = [], knows = [] } = rooms[own] ?? {};
  return (importsOf.get(file) ?? [])
    .filter(({ from, isTypeOnly }) => {
      const allowed = isTypeOnly ? [...uses, ...knows] : uses;
      const isOwn = importsOf.has(from) && getRoom(from) === own;
      // A room inside an allowed room is open too; a style sheet or picture beside a file belongs to it.
      return !isOwn && !allowed.some((room) => isIn(room, from)) && !isIn(own, from);
    })
    .map(({ from, isTypeOnly }) => `${file} imports ${isTypeOnly ? 'types of ' : ''}${from}`);
}

test('each file imports only through the doors of its room', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap(findTrespasses)).toEqual([]);
});

test('a door that nobody uses is closed', () => {
  const isUsed = (room: string, target: string) =>
    sources.some(
      (file) => getRoom(file) === room && (importsOf.get(file) ?? []).some(({ from }) => isIn(target, from)),
    );
  const shared = new Set([...views, ...pureSteem, 'lib/errors.ts']);
  const unused = Object.entries(rooms).flatMap(([room, { uses, knows = [] }]) =>
    [...uses, ...knows]
      .filter((target) => !shared.has(target) && !isUsed(room, target))
      .map((target) => `${room} -> ${target}`),
  );
  expect(unused).toEqual([]);
});

test('no file imports itself by any way round', () => {
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const walk = (file: string, way: readonly string[]) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const { from, isTypeOnly } of importsOf.get(file) ?? [])
      if (!isTypeOnly && importsOf.has(from)) walk(from, [...way, file]);
    state.set(file, 'done');
  };
  for (const file of sources) walk(file, []);
  expect(cycles).toEqual([]);
});

test('only the platform imports webextension-polyfill', () => {
  const users = sources.filter((file) =>
    (importsOf.get(file) ?? []).some(({ from }) => from === 'webextension-polyfill'),
  );
  expect(users.filter((file) => !file.startsWith('lib/platform/'))).toEqual([]);
});

test('ports are interfaces: they import nothing and their only value is the list of topics', () => {
  expect(importsOf.get('lib/ports.ts')).toEqual([]);
  const values = parseSource('lib/ports.ts').statements.filter(
    (statement) => !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement),
  );
  expect(values.map((statement) => statement.getText())).toEqual([
    expect.stringMatching(/^export const topics = /),
  ]);
});

describe('no service is known by name in', () => {
  const bases = providers.flatMap(({ bases: { auth, api } }) => [auth, api]).filter((base) => base !== '');
  const hosts = bases.map((base) => new URL(base).host);
  // The general service of a protocol bears the protocol's name.
  const protocols = new Set<string>(providers.map(({ protocol }) => protocol));
  const ids = providers.map(({ id }) => id).filter((id) => !protocols.has(id));
  const nodes = Object.values(chains).flatMap((chain) => chain.nodes.map((node) => new URL(node).host));
  const names = [...new Set([...ids, ...hosts, ...nodes])];
  // Whole words: `x` is a service, and a letter of many a word.
  const named = new RegExp(`\\b(?:${names.map((name) => name.replaceAll('.', '\\.')).join('|')})\\b`);

  test.each(['lib/oauth', 'lib/bus', 'lib/app', 'lib/accounts', 'lib/vault', 'lib/journal'])(
    '%s',
    (folder) => {
      const found: string[] = [];
      for (const file of listSources(folder)) {
        // Comments may name them, since a reason often does.
        visit(parseSource(file), (node) => {
          const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isIdentifier(node);
          // A room may bear a service's name, and is then imported by it.
          if (isText && !node.text.startsWith('.') && named.test(node.text))
            found.push(`${file}: ${node.text}`);
        });
      }
      expect(found).toEqual([]);
    },
  );
});

describe('a table is complete:', () => {
  test('every provider file is a row', () => {
    const shared = ['index', 'lookup', 'provider', 'steem-family'];
    // The folders below hold what the records are made of.
    const records = listSources('lib/providers').filter((file) => dirname(file) === 'lib/providers');
    const files = records.map((file) => basename(file, '.ts'));
    expect(files.filter((file) => !shared.includes(file)).sort()).toEqual(
      providers.map(({ id }) => id).sort(),
    );
  });

  test('every declared action is a row', () => {
    const declared: string[] = [];
    for (const file of listSources('lib/actions')) {
      visit(parseSource(file), (node) => {
        const isDeclaration = ts.isCallExpression(node) && node.expression.getText() === 'defineAction';
        const options = isDeclaration ? node.arguments[0] : undefined;
        const id = /\bid: '([^']+)'/.exec(options?.getText() ?? '')?.[1];
        if (id !== undefined) declared.push(id);
      });
    }
    expect(declared.sort()).toEqual(actions.map(({ id }) => id).sort());
  });
});

test('files are named in kebab-case, and none is a drawer for odds and ends', () => {
  const drawers = /^(utils?|helpers?|common|misc|shared|tools?)$/;
  const bad = [...sources, ...listSources('test')].filter((file) => {
    const parts = basename(file, extname(file)).split('.');
    return parts.some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part) || drawers.test(part));
  });
  expect(bad).toEqual([]);
});

test('the background entry only wires: short, and its main is synchronous', () => {
  const text = readFileSync('entrypoints/background.ts', 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  const mains: ts.Node[] = [];
  visit(parseSource('entrypoints/background.ts'), (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'defineBackground')
      mains.push(...node.arguments);
  });
  expect(mains).toHaveLength(1);
  expect(mains[0]?.getText()).toMatch(/^\(\) => \{/);
});
