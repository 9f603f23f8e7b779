/** GET /2/tweets/:id and GET /2/users/:id/tweets. */
import type { SandboxAnswer } from '../../messages.ts';
import { jsonAnswer } from '../../messages.ts';
import { fieldNames } from '../field-names.ts';
import type { XPost } from '../posts.ts';
import { buildPartialError } from '../problems.ts';
import { compareIds } from '../snowflake.ts';
import type { Call } from './call.ts';
import { charge, invalid } from './call.ts';
import { readPage } from './pages.ts';
import { findListOwner, isOwnedRead } from './people-reads.ts';
import {
  checkQuery,
  readList,
  readMaxResults,
  readPostFields,
  readUserFields,
  refuseValue,
} from './query.ts';
import { buildPost, buildUser } from './shapes.ts';

/** As far back as the API goes. */
const mostPosts = 3200;
const mostWithoutReplies = 800;

export function answerPost(call: Call): SandboxAnswer {
  const { service, subject, caller } = call;
  checkQuery(call, listParameters(call));
  const fields = readPostFields(call);
  const includes = readIncludes(call);
  if (!/^[0-9]{1,19}$/.test(subject)) {
    throw invalid(call, `The \`id\` query parameter value [${subject}] is not valid`, { id: [subject] });
  }
  const post = service.posts.find(subject);
  const reader = caller.kind === 'app-only' ? undefined : caller.user;
  const maySee =
    post?.author.protected !== true ||
    reader === post.author ||
    (reader !== undefined && service.people.isFollowing(reader, post.author));
  if (post === undefined || !maySee) {
    return jsonAnswer({
      errors: [
        buildPartialError(service.fieldNames, {
          kind: post === undefined ? 'missing' : 'protected',
          resource_type: 'tweet',
          parameter: 'id',
          value: subject,
        }),
      ],
    });
  }
  charge(call, [{ what: 'post read', resources: [`post ${post.id}`] }]);
  return jsonAnswer({ data: buildPost(service, post, fields), ...includes([post]) });
}

export function answerTimeline(call: Call): SandboxAnswer {
  const { service, request } = call;
  checkQuery(call, [
    ...listParameters(call),
    ...['max_results', 'pagination_token', 'start_time', 'end_time', 'since_id', 'until_id', 'exclude'],
  ]);
  const size = readMaxResults(call, { least: 5, most: 100, usual: 10 });
  const fields = readPostFields(call);
  const includes = readIncludes(call);
  const isMeant = readTimelineFilter(call);
  const owner = findListOwner(call);
  if ('errors' in owner) return jsonAnswer(owner);
  const reach = request.query.get('exclude')?.includes('replies') === true ? mostWithoutReplies : mostPosts;
  const posts = service.posts
    .of(owner.user)
    .slice(0, reach)
    .filter(isMeant)
    .map((post) => ({ key: post.id, post }));
  const page = readPage(call, posts, size);
  const shown = page.items.map(({ post }) => post);
  const ids = shown.map(({ id }) => id);
  charge(call, [
    {
      what: isOwnedRead(call, owner.user) ? 'owned read' : 'post read',
      resources: ids.map((id) => `post ${id}`),
    },
  ]);
  return jsonAnswer({
    ...(shown.length > 0 && { data: shown.map((post) => buildPost(service, post, fields)) }),
    ...includes(shown),
    meta: {
      result_count: shown.length,
      ...(shown.length > 0 && { newest_id: ids[0], oldest_id: ids.at(-1) }),
      ...(page.nextToken !== undefined && { next_token: page.nextToken }),
      ...(page.previousToken !== undefined && { previous_token: page.previousToken }),
    },
  });
}

function listParameters({ service }: Call): string[] {
  return [fieldNames[service.fieldNames].parameter, 'user.fields', 'expansions'];
}

/** The authors beside the posts, when they are asked for. */
function readIncludes(call: Call): (posts: readonly XPost[]) => object {
  const fields = readUserFields(call);
  if (!readList(call, 'expansions', ['author_id']).includes('author_id')) return () => ({});
  return (posts) => {
    const authors = [...new Set(posts.map(({ author }) => author))];
    return { includes: { users: authors.map((author) => buildUser(call.service, author, fields)) } };
  };
}

function readTimelineFilter(call: Call): (post: XPost) => boolean {
  const { query } = call.request;
  const excluded = readList(call, 'exclude', ['replies', 'retweets']);
  const id = (name: string): string | undefined => {
    const text = query.get(name) ?? undefined;
    if (text !== undefined && !/^[0-9]{1,19}$/.test(text)) throw refuseValue(call, name);
    return text;
  };
  const time = (name: string): number | undefined => {
    const text = query.get(name);
    if (text === null) return undefined;
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)) throw refuseValue(call, name);
    return Date.parse(text);
  };
  const since = id('since_id');
  const until = id('until_id');
  const start = time('start_time') ?? -Infinity;
  const end = time('end_time') ?? Infinity;
  return (post) =>
    !(excluded.includes('replies') && post.inReplyTo !== undefined) &&
    (since === undefined || compareIds(post.id, since) > 0) &&
    (until === undefined || compareIds(post.id, until) < 0) &&
    post.createdAt >= start &&
    post.createdAt < end;
}
