/** What X lets a person look up, with small pages, since each row has its price. */
import { AppError, type ErrorCode, toAppError } from '../../errors.ts';
import * as api from '../../twitter/api.ts';
import { priceOfRead } from '../../twitter/prices.ts';
import * as read from '../../twitter/read-api.ts';
import { buildTweetUrl, parseTweetLink } from '../../twitter/tweet-link.ts';
import { parseUserName } from '../../twitter/user-name.ts';
import type { Lookup, LookupColumn, LookupPage, LookupParam, LookupRow } from '../lookup.ts';

type Call = Parameters<Lookup['run']>[0];

const column = (id: string, kind: LookupColumn['kind']): LookupColumn => ({
  id,
  kind,
  titleKey: `lookup_column_${id}`,
});
const tweetColumns = [
  column('text', 'text'),
  column('createdAt', 'time'),
  column('likes', 'number'),
  column('replies', 'number'),
  column('reposts', 'number'),
  column('link', 'link'),
];
const userColumns = [
  column('userName', 'text'),
  column('name', 'text'),
  column('followers', 'number'),
  column('following', 'number'),
  column('link', 'link'),
];

const count: LookupParam = {
  id: 'count',
  titleKey: 'lookup_param_count',
  kind: 'number',
  isRequired: false,
  initial: '10',
};
const text = (id: 'user' | 'tweet'): LookupParam => ({
  id,
  titleKey: `lookup_param_${id}`,
  kind: 'text',
  isRequired: true,
  initial: '',
});

const toTweetRow = ({ id, ...tweet }: read.Tweet): LookupRow => ({ ...tweet, link: buildTweetUrl(id) });
const toUserRow = ({ id: _id, ...user }: read.User): LookupRow => ({
  ...user,
  link: `https://x.com/${user.userName}`,
});

const send = (call: Call, { method, url }: api.ApiRequest) => call(new Request(url, { method }));

const fieldNames: readonly api.FieldsName[] = ['tweet.fields', 'post.fields', 'none'];

/** Asks with the names of optional fields that are said to hold today, then with the others, then without. */
async function sendWithFields(
  call: Call,
  build: (fields: api.FieldsName) => api.ApiRequest,
): Promise<unknown> {
  for (const fields of fieldNames) {
    try {
      return await send(call, build(fields));
    } catch (thrown) {
      if (fields === 'none' || !/\b(tweet|post)\.fields\b/.test(toAppError(thrown).details ?? ''))
        throw thrown;
    }
  }
  return undefined;
}

/** What was typed into the field is not there, or not to be seen: that is told at the field. */
const aboutTyped: ReadonlySet<ErrorCode> = new Set(['user_not_found', 'tweet_not_found', 'x_protected']);

/** @throws AppError what `ask` throws, with the field where it is about what was typed there. */
async function askAtField(field: string, ask: () => Promise<LookupRow>): Promise<LookupPage> {
  try {
    return { rows: [await ask()] };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (!aboutTyped.has(error.code)) throw error;
    const { code, params, details } = error;
    throw new AppError(code, { params, field, cause: error, ...(details !== undefined && { details }) });
  }
}

/** Paging as X wants it; an empty or odd count is the usual one. */
function pageOf(asked: Parameters<Lookup['run']>[1]): api.PageOptions {
  const size = Number(asked.params['count']);
  return {
    ...(Number.isInteger(size) && size > 0 ? { count: size } : {}),
    ...(asked.next === undefined ? {} : { next: asked.next }),
  };
}

function toPage<Entry>({ entries, next }: read.Page<Entry>, toRow: (entry: Entry) => LookupRow): LookupPage {
  return { rows: entries.map(toRow), ...(next === undefined ? {} : { next }) };
}

const people = (id: 'followers' | 'following', build: typeof api.buildFollowers): Lookup => ({
  id,
  titleKey: `lookup_${id}`,
  params: [count],
  columns: userColumns,
  pricePerRow: priceOfRead('follow', 1),
  needs: 'follows',
  run: async (call, asked) =>
    toPage(read.readUsers(await send(call, build(asked.subject, pageOf(asked)))), toUserRow),
});

export const xLookups: readonly Lookup[] = [
  {
    id: 'timeline',
    titleKey: 'lookup_timeline',
    params: [count],
    columns: tweetColumns,
    pricePerRow: priceOfRead('tweet', 1),
    run: async (call, asked) =>
      toPage(
        read.readTweets(
          await sendWithFields(call, (fields) => api.buildTimeline(asked.subject, pageOf(asked), fields)),
        ),
        toTweetRow,
      ),
  },
  people('followers', api.buildFollowers),
  people('following', api.buildFollowing),
  {
    id: 'user',
    titleKey: 'lookup_user',
    params: [text('user')],
    columns: userColumns,
    pricePerRow: priceOfRead('user', 1),
    run: (call, { params }) =>
      askAtField('user', async () => {
        const name = parseUserName(params['user'] ?? '');
        return toUserRow(read.readUser(await send(call, api.buildUser(name))));
      }),
  },
  {
    id: 'tweet',
    titleKey: 'lookup_tweet',
    params: [text('tweet')],
    columns: tweetColumns,
    pricePerRow: priceOfRead('tweet', 1),
    run: (call, { params }) =>
      askAtField('tweet', async () => {
        const id = parseTweetLink(params['tweet'] ?? '');
        const body = await sendWithFields(call, (fields) => api.buildTweet(id, fields));
        return toTweetRow(read.readTweet(body));
      }),
  },
];
