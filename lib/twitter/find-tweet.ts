import { findUrls } from './find-urls.ts';
import type { Tweet } from './read-api.ts';

/** What of a text X leaves as it is: it puts links of its own in the place of others, and minds no white space. */
function readGist(text: string): string {
  const normal = text.normalize();
  let gist = '';
  let end = 0;
  for (const url of findUrls(normal)) {
    gist += `${normal.slice(end, url.start)}\u{FFFC}`;
    end = url.end;
  }
  return (gist + normal.slice(end)).replace(/\s+/gu, ' ').trim();
}

/**
 * The tweet among `tweets` that says what was to be posted. Its id is not known after an answer that was lost, and X's
 * text differs from what was sent, so this compares what both have in common.
 */
export function findTweet(tweets: readonly Tweet[], text: string): Tweet | undefined {
  const gist = readGist(text);
  return tweets.find((tweet) => readGist(tweet.text) === gist);
}
