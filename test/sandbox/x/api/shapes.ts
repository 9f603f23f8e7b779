/** Posts and people as the API writes them: few fields unless more are asked for. */
import { fieldNames } from '../field-names.ts';
import type { XUser } from '../people.ts';
import type { XPost } from '../posts.ts';
import type { XService } from '../service.ts';

/** Always id, text and edit history; then what was asked for and applies. */
export function buildPost(service: XService, post: XPost, fields: readonly string[]): object {
  const names = fieldNames[service.fieldNames];
  const { id, author, inReplyTo, quotes } = post;
  const referenced = [
    ...(inReplyTo === undefined ? [] : [{ type: 'replied_to', id: inReplyTo.id }]),
    ...(quotes === undefined ? [] : [{ type: 'quoted', id: quotes.id }]),
  ];
  const optional: Readonly<Record<string, unknown>> = {
    author_id: author.id,
    conversation_id: findConversation(post),
    created_at: new Date(post.createdAt).toISOString(),
    ...(post.links.length > 0 && { entities: { urls: buildUrlEntities(post) } }),
    ...(inReplyTo !== undefined && { in_reply_to_user_id: inReplyTo.author.id }),
    lang: 'en',
    possibly_sensitive: false,
    public_metrics: {
      [names.repostCount]: 0,
      reply_count: service.posts.of(author).filter((reply) => reply.inReplyTo === post).length,
      like_count: 0,
      quote_count: 0,
      bookmark_count: 0,
      impression_count: 0,
    },
    ...(referenced.length > 0 && { [names.referenced]: referenced }),
    reply_settings: 'everyone',
  };
  return { [names.editHistory]: [id], id, text: post.shownText, ...pick(optional, fields) };
}

/** Always id, name and username. */
export function buildUser(service: XService, user: XUser, fields: readonly string[]): object {
  const names = fieldNames[service.fieldNames];
  const { id, name, username } = user;
  const { people } = service;
  const posts = service.posts.of(user);
  const optional: Readonly<Record<string, unknown>> = {
    created_at: new Date(user.createdAt).toISOString(),
    description: user.description,
    profile_image_url: 'https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png',
    protected: user.protected,
    public_metrics: {
      followers_count: people.followersOf(user).length,
      following_count: people.followingOf(user).length,
      [names.postCount]: posts.length,
      listed_count: 0,
      like_count: 0,
    },
    verified: user.verified,
    verified_type: user.verified ? 'blue' : 'none',
    ...(posts[0] !== undefined && { [names.mostRecent]: posts[0].id }),
  };
  return { id, name, username, ...pick(optional, fields) };
}

function pick(from: Readonly<Record<string, unknown>>, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

function findConversation(post: XPost): string {
  return post.inReplyTo === undefined ? post.id : findConversation(post.inReplyTo);
}

function buildUrlEntities({ shownText, links }: XPost): object[] {
  return links.map(({ short, long }) => {
    // Indexes count code points.
    const start = Array.from(shownText.slice(0, shownText.indexOf(short))).length;
    return { start, end: start + short.length, url: short, expanded_url: long, display_url: long };
  });
}
