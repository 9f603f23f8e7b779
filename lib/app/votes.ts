/** The vote as people meet it: what to know before, the vote itself, and the way round for those without an account. */
import * as z from 'zod/mini';
import type { Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import type { Sender } from '../bus/sender.ts';
import { AppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import { isBlocking, isInLine, isScheduled, sortLine } from '../outbox/line.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import { type ChainId, chains } from '../steem/chain.ts';
import type { ChainReader, PostOnChain } from '../steem/chain-reader.ts';
import { parsePost } from '../steem/post-link.ts';
import { findPostInUrl } from '../steem/post-in-url.ts';
import { buildVoteSignLink } from '../steem/sign-link.ts';
import { findSite } from '../steem/sites/index.ts';
import { parseWeight, toPercent } from '../steem/weight.ts';
import type { VoteEntry } from '../vault/schema.ts';
import type { Pages } from './pages.ts';
import type { SettingsStore } from './settings.ts';
import { reportWaiting } from './outbox-desk.ts';
import type { OutboxRunner, Settled } from './outbox-runner.ts';
import { assertSchedule } from './schedule.ts';
import { voteTarget, type VoteSender } from './vote-sender.ts';
import { findTransactionUrl } from './transaction-url.ts';
import { findVoter, listVoters } from './voters.ts';

/** Waits shorter than this are not worth a word. */
const noticeableMs = 300;

/** Where the context menu leaves its link until the popup takes it. */
export const menuPostKey = 'menu-post';

/** The chain of the site that a message comes from; a page can't act on the other chain. */
function chainOfSender({ host }: Sender): ChainId | undefined {
  return host === undefined ? undefined : findSite(host)?.chain;
}

function assertSameChain(found: ChainId | undefined, wanted: ChainId | undefined): void {
  if (found !== undefined && wanted !== undefined && found !== wanted)
    throw new AppError('wrong_chain', { field: 'post', params: { chain: chains[found].title } });
}

export interface VotesParts {
  readonly accounts: Accounts;
  readonly chainReader: ChainReader;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly pages: Pages;
  readonly settings: SettingsStore;
  readonly sender: VoteSender;
  readonly runner: OutboxRunner;
  readonly assertUnlocked: () => Promise<void>;
}

export function createVotes(
  { clock, network, shell, session }: Pick<Ports, 'clock' | 'network' | 'shell' | 'session'>,
  { accounts, chainReader, journal, outbox, pages, settings, ...parts }: VotesParts,
): ActionContext['votes'] {
  const { runner, sender: voteSender, assertUnlocked } = parts;

  /** Which post on which chain is meant. The host of a link decides, then the account, then what the caller says. */
  function resolve(
    text: string,
    hints: { sender: Sender; account?: ChainId | undefined; chain?: ChainId | undefined },
  ): PostOnChain {
    const { chain, author, permlink } = parsePost(text);
    const ofSender = chainOfSender(hints.sender);
    assertSameChain(chain, ofSender);
    assertSameChain(chain ?? ofSender, hints.account);
    const found = chain ?? ofSender ?? hints.account ?? hints.chain;
    if (found === undefined) throw new AppError('no_account', { field: 'account' });
    return { chain: found, author, permlink };
  }

  /** How long it will be until the turn of a new vote, in ms; 0 also where that can't be told. */
  async function estimateWait(entry: Pick<VoteEntry, 'request' | 'account' | 'chain'>): Promise<number> {
    if (!network.isOnline()) return 0;
    const line = sortLine(await outbox.list()).filter(
      (other) => other.account === entry.account && isInLine(other) && !isScheduled(other),
    );
    const ahead = line.slice(
      0,
      Math.max(
        0,
        line.findIndex(({ request }) => request === entry.request),
      ),
    );
    const isHeld = ahead.some(({ hold }) => hold !== undefined && isBlocking(hold));
    if (isHeld) return 0;
    const free = ahead.filter(({ hold }) => hold === undefined).length;
    return (await voteSender.spacing(entry)) + free * chains[entry.chain].voteSpacingMs;
  }

  /** Puts a new vote into the outbox, checked. @returns how long it waits for its turn, in ms; 0 for one known before. */
  async function accept(input: Parameters<typeof votes.cast>[0], sender: Sender): Promise<number> {
    const { request, account, post, weight, kind, isConfirmed, schedule } = input;
    const known = await Promise.all([journal.findRequest(request), outbox.find(request)]);
    if (known.some((entry) => entry !== undefined)) return 0;
    const voter = await findVoter(accounts, account);
    const found = resolve(post, { sender, account: voter.chain });
    const percent = toPercent(parseWeight(weight));
    if (percent < 0 && isConfirmed !== true)
      throw new AppError('downvote_needs_confirmation', { field: 'weight' });
    if (schedule !== undefined) assertSchedule(schedule, clock.now());
    // Whoever sits before a locked Latchkey must not leave votes for the owner to unlock.
    await assertUnlocked();
    const entry = { request, account, ...found, weight: percent, kind, createdAt: clock.now() };
    await outbox.add([{ ...entry, ...(schedule && { schedule }), action: 'vote.cast', state: 'queued' }]);
    return schedule === undefined ? estimateWait(entry) : 0;
  }

  /** How a request ended, in the caller's terms. @throws AppError the one it ended with. */
  function report(settled: Settled) {
    if ('entry' in settled) return reportWaiting(settled.entry);
    const { record } = settled;
    const { code, params = {}, details } = record;
    if (record.outcome !== 'done')
      throw new AppError(code ?? 'internal', { params, ...(details === undefined ? {} : { details }) });
    return {
      state: 'done' as const,
      wasThere: record.wasThere ?? false,
      name: record.name,
      weight: record.weight ?? 0,
      transactionId: record.transactionId,
      transactionUrl: findTransactionUrl(record),
    };
  }

  const votes: ActionContext['votes'] = {
    async preview({ post, account, chain }, sender) {
      const voter = account === undefined ? undefined : await findVoter(accounts, account);
      const found = resolve(post, { sender, account: voter?.chain, chain });
      const name = voter?.account.name;
      const preview = await chainReader.preview({
        ...found,
        ...(name === undefined
          ? {}
          : {
              voter: name,
              changesByUs: Math.max(0, (await journal.countDone(voteTarget(name, found))) - 1),
            }),
      });
      return {
        ...preview,
        voter: preview.voter && voter && { ...preview.voter, account: voter.account.id },
      };
    },

    async cast(input, sender) {
      const wait = await accept(input, sender);
      const settled = runner.settle(input.request);
      // The caller asks again and hears the end then; a failure nobody waits for is no crash.
      settled.catch(() => undefined);
      if (wait >= noticeableMs) return { state: 'waiting', until: clock.now() + wait };
      return report(await settled);
    },

    async handOff({ post, chain, weight }, sender) {
      const url = buildVoteSignLink(resolve(post, { sender, chain }).chain, {
        ...parsePost(post),
        weight: parseWeight(weight),
      });
      await shell.openTab(url);
      return { url };
    },

    async start() {
      const [tab, menuPost] = await Promise.all([shell.activeTab(), session.get(menuPostKey)]);
      const tabUrl = tab?.url;
      if (menuPost !== undefined) await session.set(menuPostKey, undefined);
      const url = tabUrl !== undefined && URL.canParse(tabUrl) ? new URL(tabUrl) : undefined;
      const site = url && findSite(url.hostname);
      const isPost = site !== undefined && url !== undefined && findPostInUrl(url) !== undefined;
      const chosen = z.string().safeParse(menuPost);
      return {
        post: chosen.success ? chosen.data : isPost ? tabUrl : undefined,
        hasSiteChanged: isPost && tabUrl !== undefined && (await pages.isMissing(tabUrl)),
        site: site && url.hostname,
        accounts: listVoters(await accounts.list()).map(({ account, provider, chain }) => ({
          id: account.id,
          name: account.name,
          service: provider.title,
          chain,
          isDefault: account.defaultFor.includes('vote'),
          postWeight: account.postWeight,
          commentWeight: account.commentWeight,
        })),
        undoSeconds: (await settings.read()).undoSecondsPopup,
      };
    },

    async tryAgain({ id, request, isConfirmed }, sender) {
      const entry = await journal.find(id);
      if (entry?.author === undefined || entry.permlink === undefined || entry.weight === undefined)
        throw new AppError('bad_input', { field: 'id' });
      const { account, author, permlink, weight } = entry;
      const result = await votes.cast(
        { request, account, post: `${author}/${permlink}`, weight, isConfirmed },
        sender,
      );
      // What waits has an entry of its own, and will have its own end.
      if (result.state !== 'waiting') await journal.review(id, true);
      return result;
    },
  };

  return votes;
}
