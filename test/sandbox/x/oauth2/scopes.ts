/** The scopes X knows, and what its consent page says about each of those that apps here ask for. */

const sentences: Readonly<Record<string, string>> = {
  'tweet.read': 'All the posts you can view, including posts from protected accounts.',
  'tweet.write': 'Post and repost for you, and delete posts.',
  'users.read': 'Any account you can view, including protected accounts.',
  'follows.read': 'People who follow you and people who you follow.',
  'offline.access': 'Stay connected to your account until you revoke access.',
};

export const knownScopes: readonly string[] = [
  ...Object.keys(sentences),
  ...(
    'tweet.moderate.write users.email follows.write space.read mute.read mute.write like.read like.write list.read ' +
    'list.write block.read block.write bookmark.read bookmark.write dm.read dm.write media.write'
  ).split(' '),
];

export function describeScope(scope: string): string {
  return sentences[scope] ?? 'More of your account.';
}
