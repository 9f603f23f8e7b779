import { pickHashtags } from '../actions/tweet-intent.ts';
import { maxTweetWeight, readWeightedLength } from '../twitter/weighted-length.ts';

export interface PostToTweet {
  readonly title: string;
  readonly url: string;
  readonly tags: readonly string[];
}

/**
 * Title, link and tags of a post as one tweet, a line each. Where that is too long for one, tags go first, the last of
 * them first; then the title is cut.
 */
export function writePostTweet({ title, url, tags }: PostToTweet): string {
  const hashtags = pickHashtags(tags).map((tag) => `#${tag}`);
  const write = (head: string, count: number) =>
    [head, url, hashtags.slice(0, count).join(' ')].filter((line) => line !== '').join('\n');
  for (let count = hashtags.length; count >= 0; count -= 1)
    if (fits(write(title, count))) return write(title, count);
  // A letter that takes several code points is taken away whole.
  let letters = [...new Intl.Segmenter().segment(title)].map(({ segment }) => segment);
  while (letters.length > 0 && !fits(write(`${letters.join('')}…`, 0))) letters = letters.slice(0, -1);
  return write(letters.length === 0 ? '' : `${letters.join('').trimEnd()}…`, 0);
}

function fits(text: string): boolean {
  return readWeightedLength(text).weight <= maxTweetWeight;
}
