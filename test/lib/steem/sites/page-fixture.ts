import type { PagePost } from '../../../sandbox/pages/page-post.ts';

/** A post for the sandbox's markup. */
export function makePost(name: string, more: Partial<PagePost> = {}): PagePost {
  const [author = '', permlink = ''] = name.split('/');
  return {
    author,
    permlink,
    category: 'hive-163521',
    title: `About ${permlink}`,
    body: '<p>See <a href="/x/@other/from-the-body">this</a>.</p><ul><li><a href="/x/@other/from-a-list">that</a></li></ul>',
    excerpt: 'An excerpt.',
    tags: ['travel'],
    when: '3 hours ago',
    payout: '1.23',
    votes: 2,
    root: { author, permlink },
    isComment: false,
    original: undefined,
    replies: [],
    ...more,
  };
}

const root = { author: 'alice', permlink: 'my-post' };
const inner = makePost('dave/re-re-my-post', { root, isComment: true });

/** A post with a thread below it. */
export const thread = makePost('alice/my-post', {
  replies: [
    makePost('carol/re-my-post', { root, isComment: true, replies: [inner] }),
    makePost('erin/re-my-post-2', { root, isComment: true }),
  ],
});
