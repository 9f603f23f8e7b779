/** The endpoints of v2 as data: path, rights, limit and handler. */
import type { EndpointName, Handler } from './call.ts';
import { answerByUsername, answerFollowers, answerFollowing, answerMe } from './people-reads.ts';
import { answerPost, answerTimeline } from './post-reads.ts';
import { answerCreatePost, answerDeletePost } from './post-writes.ts';
import type { RateLimit } from './rate-limits.ts';

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Its first group is the subject. */
  readonly path: RegExp;
  /** All of these are needed of an OAuth 2.0 token. */
  readonly scopes: readonly string[];
  readonly allowsAppOnly: boolean;
  readonly limit: RateLimit;
  readonly handler: Handler;
}

const read = ['tweet.read', 'users.read'];
const write = ['tweet.read', 'tweet.write', 'users.read'];
const follows = [...read, 'follows.read'];

export const endpoints: Readonly<Record<EndpointName, Endpoint>> = {
  'POST /2/tweets': {
    method: 'POST',
    path: /^\/2\/tweets$/,
    scopes: write,
    allowsAppOnly: false,
    limit: { user: 100, appPerDay: 10_000 },
    handler: answerCreatePost,
  },
  'DELETE /2/tweets/:id': {
    method: 'DELETE',
    path: /^\/2\/tweets\/([^/]+)$/,
    scopes: write,
    allowsAppOnly: false,
    limit: { user: 50 },
    handler: answerDeletePost,
  },
  'GET /2/tweets/:id': {
    method: 'GET',
    path: /^\/2\/tweets\/([^/]+)$/,
    scopes: read,
    allowsAppOnly: true,
    limit: { user: 900 },
    handler: answerPost,
  },
  'GET /2/users/me': {
    method: 'GET',
    path: /^\/2\/users\/me$/,
    scopes: read,
    allowsAppOnly: false,
    limit: { user: 75 },
    handler: answerMe,
  },
  'GET /2/users/by/username/:username': {
    method: 'GET',
    path: /^\/2\/users\/by\/username\/([^/]+)$/,
    scopes: read,
    allowsAppOnly: true,
    limit: { user: 900 },
    handler: answerByUsername,
  },
  'GET /2/users/:id/tweets': {
    method: 'GET',
    path: /^\/2\/users\/([^/]+)\/tweets$/,
    scopes: read,
    allowsAppOnly: true,
    limit: { user: 900 },
    handler: answerTimeline,
  },
  'GET /2/users/:id/followers': {
    method: 'GET',
    path: /^\/2\/users\/([^/]+)\/followers$/,
    scopes: follows,
    allowsAppOnly: true,
    limit: { user: 300 },
    handler: answerFollowers,
  },
  'GET /2/users/:id/following': {
    method: 'GET',
    path: /^\/2\/users\/([^/]+)\/following$/,
    scopes: follows,
    allowsAppOnly: true,
    limit: { user: 300 },
    handler: answerFollowing,
  },
};
