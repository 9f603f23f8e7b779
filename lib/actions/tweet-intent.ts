/** A tweet for X's composer. Hashtags without `#`. */
export interface TweetIntent {
  readonly text?: string;
  readonly url?: string;
  readonly hashtags?: readonly string[];
}

/** More of them would leave the text little of its 280 characters. */
const maxHashtags = 5;

/**
 * The page of X that opens its composer with a text; the person sends it there, and we never learn whether they did.
 * Tags that X would not link (with hyphens, digits only) are left out, and so are those after the fifth.
 * Source: docs.x.com, x-for-websites/web-intents (`text`, `url`, `hashtags` divided by commas).
 */
export function buildTweetIntent({ text, url, hashtags = [] }: TweetIntent): string {
  const tags = pickHashtags(hashtags).join(',');
  const params = Object.entries({ text, url, hashtags: tags }).flatMap(([name, value]) =>
    value ? [`${name}=${encodeURIComponent(value.toWellFormed())}`] : [],
  );
  return ['https://x.com/intent/tweet', ...(params.length > 0 ? [params.join('&')] : [])].join('?');
}

/** The first tags that X would link. */
export function pickHashtags(tags: readonly string[]): string[] {
  return tags.filter(isHashtag).slice(0, maxHashtags);
}

function isHashtag(tag: string): boolean {
  return /^[\p{L}\p{M}\p{N}_]+$/u.test(tag) && !/^\p{N}+$/u.test(tag);
}
