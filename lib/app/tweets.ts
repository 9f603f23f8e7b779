/** Tweets by the free way: X's own composer in a tab, with the text filled in. */
import type { ActionContext } from '../actions/context.ts';
import { buildTweetIntent } from '../actions/tweet-intent.ts';
import { AppError } from '../errors.ts';
import type { Shell } from '../ports.ts';
import type { ChainReader } from '../steem/chain-reader.ts';
import { parsePost } from '../steem/post-link.ts';
import { findSite } from '../steem/sites/index.ts';

export function createTweets(
  chainReader: ChainReader,
  shell: Pick<Shell, 'openTab'>,
): ActionContext['tweets'] {
  return {
    async handOff({ text, post }, { host }) {
      let intent = {};
      if (post !== undefined) {
        const { chain = host === undefined ? undefined : findSite(host)?.chain, ...name } = parsePost(post);
        if (chain === undefined) throw new AppError('bad_link', { field: 'post' });
        const { title, url, tags } = await chainReader.tags({
          chain,
          author: name.author,
          permlink: name.permlink,
        });
        intent = { text: title, url, hashtags: tags };
      }
      const url = buildTweetIntent({ ...intent, ...(text === undefined ? {} : { text }) });
      await shell.openTab(url);
      return { url };
    },
  };
}
