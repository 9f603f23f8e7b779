/** A tweet for X's composer. Hashtags without `#`. */
export interface TweetIntent {
  readonly text?: string;
  readonly url?: string;
  readonly hashtags?: readonly string[];
}

/**
 * The page of X that opens its composer with a text; the person sends it there, and we never learn whether they did.
 * Source: docs.x.com, x-for-websites/web-intents (`text`, `url`, `hashtags` divided by commas).
 */
export function buildTweetIntent({ text, url, hashtags = [] }: TweetIntent): string {
  const params = Object.entries({ text, url, hashtags: hashtags.join(',') }).flatMap(([name, value]) =>
    value ? [`${name}=${encodeURIComponent(value)}`] : [],
  );
  return ['https://x.com/intent/tweet', params.join('&')].filter((part) => part !== '').join('?');
}
