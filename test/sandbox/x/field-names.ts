/** The two generations of names: `tweet` (OpenAPI 2.166, prose) and `post` (2.167, since 2026-08-07). */
export type Generation = 'tweet' | 'post';

export interface FieldNames {
  /** The query parameter that asks for more fields of a post. */
  readonly parameter: string;
  readonly editHistory: string;
  readonly referenced: string;
  readonly repostCount: string;
  readonly postCount: string;
  readonly mostRecent: string;
}

export const fieldNames: Readonly<Record<Generation, FieldNames>> = {
  tweet: {
    parameter: 'tweet.fields',
    editHistory: 'edit_history_tweet_ids',
    referenced: 'referenced_tweets',
    repostCount: 'retweet_count',
    postCount: 'tweet_count',
    mostRecent: 'most_recent_tweet_id',
  },
  post: {
    parameter: 'post.fields',
    editHistory: 'edit_history_post_ids',
    referenced: 'referenced_posts',
    repostCount: 'repost_count',
    postCount: 'post_count',
    mostRecent: 'most_recent_post_id',
  },
};
