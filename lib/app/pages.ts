/** What our scripts on Steem and Hive pages ask and tell. Everything depends on the site that the browser says they run on. */
import * as z from 'zod/mini';
import type { Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import type { Sender } from '../bus/sender.ts';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { ChainReader } from '../steem/chain-reader.ts';
import { findSite } from '../steem/sites/index.ts';
import type { Site } from '../steem/sites/site.ts';
import type { CollectedPosts } from './collected-posts.ts';
import type { SettingsStore } from './settings.ts';
import { listVoters } from './voters.ts';

export type Pages = ActionContext['pages'] & {
  /** True when our script reported that it found no post on this very post address. */
  isMissing(url: string): Promise<boolean>;
};

const reportKey = 'page-report';
const report = z.object({ url: z.string(), isPostFound: z.boolean() });

/** The site that a page's script says it runs on. @throws AppError `not_allowed` for a sender that is no page of ours. */
export function siteOf({ host }: Sender): Site {
  const site = host === undefined ? undefined : findSite(host);
  if (site === undefined) throw new AppError('not_allowed');
  return site;
}

export function createPages(
  { session }: Pick<Ports, 'session'>,
  parts: {
    readonly accounts: Accounts;
    readonly chainReader: ChainReader;
    readonly settings: SettingsStore;
    readonly collected: CollectedPosts;
  },
): Pages {
  const { accounts, chainReader, settings, collected } = parts;
  return {
    async open(sender) {
      const site = siteOf(sender);
      const { sitesOff, undoSecondsPage } = await settings.read();
      const voters = listVoters(await accounts.list(), site.chain);
      return {
        isEnabled: !site.hosts.some((host) => sitesOff.includes(host)),
        undoSeconds: undoSecondsPage,
        collected: await collected.keys(site.chain),
        accounts: voters.map(({ account: { id, name, postWeight, commentWeight } }) => ({
          id,
          name,
          postWeight,
          commentWeight,
        })),
      };
    },

    async votes(posts, sender) {
      const { chain } = siteOf(sender);
      const [voter] = listVoters(await accounts.list(), chain);
      if (voter === undefined) return { votes: [] };
      return { votes: await chainReader.ownVotes(chain, voter.account.name, posts) };
    },

    async report(told, sender) {
      siteOf(sender);
      await session.set(reportKey, told);
    },

    async isMissing(url) {
      const last = report.safeParse(await session.get(reportKey));
      return last.success && last.data.url === url && !last.data.isPostFound;
    },
  };
}
