/** What people paste: links to posts and tweets, lists of them, and addresses of look-ups of their own. */
import * as fc from 'fast-check';
import { readList, isBadRow } from '../../lib/batch/read-list.ts';
import { AppError } from '../../lib/errors.ts';
import { buildAddress, listParams, parseAddress } from '../../lib/lookup/custom-address.ts';
import { keepBigIntegers } from '../../lib/lookup/keep-big-integers.ts';
import { parseRowsPath } from '../../lib/lookup/rows-path.ts';
import { concealText, concealValue } from '../../lib/lookup/secrets.ts';
import { isAccountName } from '../../lib/steem/account-name.ts';
import { isPermlink } from '../../lib/steem/permlink.ts';
import { parsePost } from '../../lib/steem/post-link.ts';
import { parseCallbackAddress } from '../../lib/wechat/callback-address.ts';
import { editText, hostileText, textEdit, type TextEdit } from './hostile.ts';
import { defineTarget, Finding } from './target.ts';

const kinds = ['post', 'list', 'address', 'value', 'callback', 'rows', 'words', 'JSON'] as const;

interface Case {
  readonly kind: (typeof kinds)[number];
  readonly sample: number;
  readonly edits: readonly TextEdit[];
  readonly free: string | undefined;
}

const samples: Readonly<Record<(typeof kinds)[number], readonly string[]>> = {
  post: [
    'https://steemit.com/travel/@alice/notes-from-a-hut',
    'hive.blog/@alice/notes#@carol/re-notes',
    'https://ecency.com/waves/alice/wave-1',
    '@alice/notes',
    '<https://peakd.com/hive-1/@alice/notes>',
  ],
  list: [
    'https://steemit.com/@alice/one, 50\n@bob/two;12,5 %\r\ncarol/three\t-10',
    'link,weight,note\n"https://steemit.com/@alice/one",50,"a, b"\n@bob/two,,',
    '# mine\n100 @alice/one',
  ],
  address: [
    '/u/{id}/posts?limit={limit}&x=1',
    'https://api.example.org/v1/{a}/{b}',
    '/things',
    '/a{b}c?d={e}{f}',
  ],
  value: ['alice', '..', '%2e%2e', 'a/b', '%252e', ' '],
  callback: ['https://login.bees.example/back', 'https://bees.example/?a=b'],
  rows: ['data.items', '/data/items', '/a~1b/~0', ''],
  words: [
    'Bearer abcdefghijkl eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.sig',
    'https://a.example/?access_token=abcdefghij&b=c',
  ],
  JSON: ['{"id":123456789012345678901,"a":"b\\"c"}', '["\\\\",1e5,-0.5]'],
};

const cases: fc.Arbitrary<Case> = fc.record({
  kind: fc.constantFrom(...kinds),
  sample: fc.nat(20),
  edits: fc.array(textEdit(), { maxLength: 4 }),
  free: fc.option(hostileText(400_000), { freq: 6, nil: undefined }),
});

const origins = { api: 'https://api.example.org/v1', auth: 'https://id.example.org' };
const allowed = ['https://api.example.org', 'https://id.example.org'];

function only<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code !== 'internal') return undefined;
    throw thrown;
  }
}

function assertPost({ author, permlink }: { author: string; permlink: string }): void {
  if (!isAccountName(author) || !isPermlink(permlink))
    throw new Finding('crash', `No post: ${JSON.stringify([author, permlink]).slice(0, 200)}`);
}

/** However often a server decodes, and whatever it drops: no way up. */
function assertInside(url: URL): void {
  if (!allowed.includes(url.origin) || url.username !== '')
    throw new Finding('leak', `Leads to ${url.origin}.`);
  let path = url.pathname;
  for (let round = 0; round < 20; round += 1) {
    if (path.split(/[/\\]/).some((part) => /^\.\.?$/.test(part.split(';')[0]?.trim() ?? '')))
      throw new Finding('leak', `Leads up: ${url.pathname.slice(0, 200)}`);
    try {
      path = decodeURIComponent(path);
    } catch {
      return;
    }
  }
}

function checkAddress(text: string, values: readonly string[]): void {
  const address = only(() => parseAddress(text, origins));
  if (address === undefined) return;
  const filled = Object.fromEntries(
    listParams(address).map(({ name }, index) => [name, values[index % values.length] ?? '']),
  );
  const url = only(() => buildAddress(address, origins, filled));
  if (url !== undefined) assertInside(url);
}

function checkJson(text: string): void {
  const kept = keepBigIntegers(text);
  const [before, after] = [text, kept].map((json) => {
    try {
      JSON.parse(json);
      return true;
    } catch {
      return false;
    }
  });
  if (before !== after) throw new Finding('crash', 'No JSON any more, or only now.');
}

function check(kind: Case['kind'], text: string): void {
  switch (kind) {
    case 'post': {
      const post = only(() => parsePost(text));
      if (post !== undefined) assertPost(post);
      return;
    }
    case 'list':
      for (const row of only(() => readList(text, 'steem')) ?? [])
        if (!isBadRow(row)) assertPost(row.post);
        else if (row.error.code === 'internal') throw row.error;
      return;
    case 'address':
      checkAddress(text, samples.value);
      return;
    case 'value':
      checkAddress('/u/{id}/posts?limit={limit}', [text]);
      return;
    case 'callback': {
      const address = only(() => parseCallbackAddress(text));
      if (address !== undefined && new URL(address).protocol !== 'https:')
        throw new Finding('leak', 'Not https.');
      return;
    }
    case 'rows':
      only(() => parseRowsPath(text));
      return;
    case 'words': {
      concealText(text, ['PLANTED-TOKEN']);
      concealValue({ [text.slice(0, 100_000)]: text }, ['PLANTED-TOKEN']);
      return;
    }
    case 'JSON':
      checkJson(text);
  }
}

export const links = defineTarget({
  name: 'links, lists and addresses',
  cases,
  open: () =>
    Promise.resolve({
      run({ kind, sample, edits, free }: Case) {
        const all = samples[kind];
        check(kind, editText(free ?? all[sample % all.length] ?? '', edits));
      },
      close: () => Promise.resolve(),
    }),
});
