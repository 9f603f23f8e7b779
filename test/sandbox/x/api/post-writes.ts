/** POST /2/tweets and DELETE /2/tweets/:id: what X lets a self-serve app write in 2026. */
import type { SandboxAnswer } from '../../messages.ts';
import { jsonAnswer } from '../../messages.ts';
import { ApiError } from '../api-error.ts';
import { codeAnswer } from '../codes.ts';
import { fieldNames } from '../field-names.ts';
import type { XUser } from '../people.ts';
import type { XPost } from '../posts.ts';
import { forbidden, notFound } from '../problems.ts';
import { findUrls } from '../urls.ts';
import { countWeightedLength } from '../weighted-length.ts';
import type { Billed } from './bill.ts';
import type { Call } from './call.ts';
import { charge, invalid } from './call.ts';
import { getUser } from './caller.ts';
import { readPostBody } from './post-body.ts';

const usualLength = 280;
const premiumLength = 25_000;
/** How long X remembers a text is not said; a day is what people report. */
const duplicateMs = 24 * 3_600_000;

export function answerCreatePost(call: Call): SandboxAnswer {
  const { service, caller } = call;
  const author = getUser(caller);
  const { text, replyTo, quotes } = readPostBody(call);
  if (author.trouble !== undefined) throw new ApiError(codeAnswer(author.trouble));
  const isEnterprise = caller.app.accessLevel === 'enterprise';
  const cashtags = text.match(/(?<![\w$])\$[A-Za-z]{1,6}\b/g) ?? [];
  if (!isEnterprise && (quotes !== undefined || cashtags.length > 1)) throw new ApiError(forbidden());
  const parent = replyTo === undefined ? undefined : getParent(call, author, replyTo);
  const quoted = quotes === undefined ? undefined : service.posts.find(quotes);
  if (quotes !== undefined && quoted === undefined) throw new ApiError(forbidden());
  if (countWeightedLength(text) > (author.premium ? premiumLength : usualLength))
    throw new ApiError(forbidden('Tweet needs to be a bit shorter.'));
  if (isDuplicate(call, author, text))
    throw new ApiError(forbidden('You are not allowed to create a Tweet with duplicate content.'));

  charge(call, [{ what: findPrice(text, author, parent) }]);
  const post = service.posts.add(author, {
    text,
    ...(parent !== undefined && { inReplyTo: parent }),
    ...(quoted !== undefined && { quotes: quoted }),
  });
  const data = {
    [fieldNames[service.fieldNames].editHistory]: [post.id],
    id: post.id,
    text: post.shownText,
  };
  return jsonAnswer({ data }, 201);
}

/** Own posts may always be answered, others' only where their author named the answerer (since 2026-02-23). */
function getParent({ service, caller }: Call, author: XUser, id: string): XPost {
  const parent = service.posts.find(id);
  if (parent === undefined) {
    throw new ApiError(forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.'));
  }
  const isOwn = parent.author === author && !service.refusesOwnReplies;
  const isSummoned = parent.author !== author && isSummonedBy(parent, author);
  if (isOwn || isSummoned || caller.app.accessLevel === 'enterprise') return parent;
  throw new ApiError(forbidden());
}

function isSummonedBy(parent: XPost, author: XUser): boolean {
  const mentions = (parent.text.match(/(?<!\w)@\w{1,15}/g) ?? []).map((name) => name.slice(1).toLowerCase());
  return mentions.includes(author.username.toLowerCase()) || parent.quotes?.author === author;
}

function isDuplicate({ service }: Call, author: XUser, text: string): boolean {
  const normalise = (words: string): string => words.normalize('NFC').trim();
  const oldest = service.now() - duplicateMs;
  return service.posts
    .of(author)
    .some((post) => post.createdAt > oldest && normalise(post.text) === normalise(text));
}

/** Which of the two prices a summoned reply with a link has is not said: the dearer one. */
function findPrice(text: string, author: XUser, parent: XPost | undefined): Billed {
  if (findUrls(text).length > 0) return 'post create with url';
  return parent === undefined || parent.author === author ? 'post create' : 'summoned reply create';
}

export function answerDeletePost(call: Call): SandboxAnswer {
  const { service, caller, subject } = call;
  if (!/^[0-9]{1,19}$/.test(subject)) {
    throw invalid(call, `The \`id\` query parameter value [${subject}] is not valid`, { id: [subject] });
  }
  const post = service.posts.find(subject);
  if (post === undefined) throw new ApiError(notFound());
  if (post.author !== getUser(caller)) {
    throw new ApiError(forbidden('You are not authorized to delete this Tweet.'));
  }
  charge(call, [{ what: 'post delete' }]);
  post.deleted = true;
  return jsonAnswer({ data: { deleted: true } });
}
