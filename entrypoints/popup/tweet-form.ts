/** How the Tweet tab behaves, without DOM: it keeps what is typed until it is posted, and never posts it twice. */
import { askUntilDone } from '../../lib/bus/ask-until-done.ts';
import { ActionError } from '../../lib/bus/client.ts';
import { readFailure, type Failure } from '../../lib/ui/failure.ts';
import type { Schedule } from '../../lib/ui/local-time.ts';
import { createStore, type Store } from '../../lib/ui/store.ts';
import type { ViewPorts } from '../../lib/ui/view-ports.ts';
import {
  findDefaultPoster,
  findReplyTo,
  findTextFault,
  initialTweetState,
  isUnderWay,
  joinParts,
  maxParts,
  maxTextLength,
  offersUndo,
  readTweet,
  type Order,
  type Posted,
  type PostStopped,
  type Step,
  type TextFault,
  type TweetState,
} from './tweet-state.ts';

const undoSeconds = 10;

/** A post whose answer is awaited; its draft remembers it. */
interface UnderWay {
  readonly request?: string;
  readonly schedule?: Schedule | undefined;
}

export interface TweetForm {
  readonly store: Store<TweetState>;
  /** Fills in the draft and the accounts; a post that was under way when the popup closed is followed to its end. */
  readonly open: () => Promise<void>;
  /** Accounts and the tab's title again, without touching what is typed; nothing before the form was opened. */
  readonly reload: () => Promise<void>;
  readonly type: (text: string) => void;
  /** @param account its id; empty for X's own composer. */
  readonly choose: (account: string) => void;
  /** Whether the text can be sent as it is; tells at its field what is wrong with it. */
  readonly isReady: () => boolean;
  /** Posts by the API, now or as scheduled; hands off where no account is chosen. */
  readonly submit: (schedule?: Schedule) => Promise<void>;
  /** Gives the text back of what was taken back before it left. */
  readonly giveBack: () => void;
  /** Opens X's own composer with the text. */
  readonly handOff: () => Promise<void>;
  /** Opens the sign-in window, where the person allows posting. */
  readonly allow: () => Promise<void>;
  /** Looks on the timeline for a tweet whose answer did not arrive. */
  readonly check: () => Promise<void>;
  /** Lets go of the rest of a thread that went on elsewhere. */
  readonly catchUp: () => Promise<void>;
  /** Deletes what was just posted, the last tweet first, and gives the text back. */
  readonly undo: () => Promise<void>;
}

/**
 * @param about a link to the post that every tweet of this form is about, with a draft of its own; without it, the form
 *   begins with what the person chose to tweet about in a menu or on a page.
 */
export function createTweetForm({ invoke, t, newId, sleep }: ViewPorts, about?: string): TweetForm {
  const store = createStore(initialTweetState);
  const { get, set } = store;
  const draftName = about === undefined ? 'tweet' : `tweet ${about}`;
  /** What the text began with: nothing of the person's own is lost when another takes its place. */
  let subject: string | undefined;
  /** What was chosen and had no place in the text. */
  let offered: string | undefined;
  let opening: Promise<void> | undefined;
  let starting: Promise<Failure | undefined> | undefined;
  let fetches = 0;
  let counting = new AbortController();
  /** The order that stopped at a tweet whose answer did not arrive, and what is left of it with that tweet first. */
  let unclear: { order: Order; posted: readonly Posted[]; rest: readonly string[] } | undefined;
  /** The request whose answer got lost, and what it was for: asking for the same again must not post twice. */
  let unanswered: { readonly id: string; readonly order: string } | undefined;

  /** Every step but the countdown's own ends a countdown. */
  const go = (step: Step) => {
    counting.abort();
    set({ step });
  };
  const fail = (failure: Failure) => go({ state: 'failed', failure });
  const refuse = (fault: TextFault) => fail({ message: readFault(fault), field: 'text' });

  function readFault(fault: TextFault): string {
    switch (fault) {
      case 'empty':
        return t('error_empty');
      case 'bad_character':
        return t('error_tweet_bad_character');
      case 'too_long':
        return t('error_tweet_too_long');
      case 'text_too_long':
        return t('tweet_text_too_long', { limit: maxTextLength });
      case 'thread_too_long':
        return t('tweet_thread_too_long', { limit: maxParts });
    }
  }

  async function fetchStart(): Promise<void> {
    fetches += 1;
    const number = fetches;
    const { accounts } = await invoke('tweet.start', {});
    // An answer that was overtaken by a newer one is old.
    if (number !== fetches) return;
    set({ isOpen: true, accounts });
    // It may have to ask the chain, and nobody waits for it.
    void invoke('tweet.suggest', {}).then(
      ({ suggestion = '' }) => set({ suggestion: offered ?? suggestion }),
      () => undefined,
    );
    const { moved, account } = get();
    const isGone = account !== '' && !accounts.some(({ id }) => id === account);
    if (isGone || !moved.account)
      set({ account: findDefaultPoster(accounts)?.id ?? '', moved: { ...moved, account: false } });
  }

  async function reload(): Promise<void> {
    if (starting === undefined) return;
    // What is being fetched to open with may be from before the change.
    await starting;
    await fetchStart();
  }

  function open(): Promise<void> {
    opening ??= fill().finally(() => {
      if (!get().isOpen) opening = undefined;
    });
    return opening;
  }

  async function fill(): Promise<void> {
    starting = fetchStart().then(
      () => undefined,
      (thrown: unknown) => readFailure(thrown, t),
    );
    const taking = takeSubject();
    // A draft that can't be read must not keep anyone from typing, and one that comes late must not overwrite.
    const { fields: draft = {} } = await invoke('draft.read', { form: draftName }).catch(() => ({
      fields: undefined,
    }));
    if (!get().moved.text && draft['text'] !== undefined) set({ text: draft['text'] });
    subject = draft['subject'];
    const failure = await starting;
    if (failure !== undefined) {
      fail(failure);
      return;
    }
    const following = resume(draft);
    begin(await taking);
    await following;
  }

  /** Title, link and tags of what the tweet is to be about; undefined for nothing, or when it can't be had. */
  async function takeSubject(): Promise<string | undefined> {
    set({ isFilling: true });
    const { text } = await (
      about === undefined ? invoke('tweet.take', {}) : invoke('tweet.about', { post: about })
    ).catch(() => ({ text: undefined }));
    set({ isFilling: false });
    return text;
  }

  /** Puts what was chosen into the text, behind what the person has written there; beside the rest of a thread. */
  function begin(chosen: string | undefined): void {
    if (chosen === undefined) return;
    const { text, resumption } = get();
    const isUntouched = text.trim() === '' || text === subject;
    if (about !== undefined && !isUntouched) return;
    if (isUnderWay(get()) || resumption !== undefined) {
      offered = chosen;
      set({ suggestion: chosen });
      return;
    }
    subject = chosen;
    set({ text: isUntouched ? chosen : `${text.trimEnd()}\n\n${chosen}` });
    saveDraft();
  }

  /** Goes on where the draft was left: its account, the thread it belongs to, the post that is under way. */
  async function resume(draft: Readonly<Record<string, string>>): Promise<void> {
    const { account, replyTo, request } = draft;
    const { accounts, moved } = get();
    if (moved.account || account === undefined) return;
    const poster = accounts.find(({ id }) => id === account);
    if (poster === undefined && account !== '') return;
    set({ account, moved: { ...moved, account: true } });
    if (get().moved.text || poster === undefined) return;
    if (replyTo !== undefined) set({ resumption: { account, replyTo } });
    if (request !== undefined) await follow(request, readOrder(poster.name, readSchedule(draft)));
  }

  function saveDraft({ request, schedule }: UnderWay = {}): void {
    const { text, account, moved, resumption } = get();
    const isChosen = moved.account || resumption !== undefined || request !== undefined;
    const replyTo = findReplyTo(get());
    const fields = {
      text,
      ...(text !== '' && text === subject && { subject }),
      ...(isChosen && { account }),
      ...(replyTo !== undefined && { replyTo }),
      ...(request !== undefined && { request }),
      ...(schedule !== undefined && { schedule: JSON.stringify(schedule) }),
    };
    // Losing a draft is no reason to interrupt someone who types.
    void invoke('draft.save', { form: draftName, fields }).catch(() => undefined);
  }

  /** What was posted stays in sight, with its Undo, while the next one is typed. */
  function edit(change: Partial<TweetState>): void {
    if (isUnderWay(get())) return;
    const { state } = get().step;
    set(change);
    if (state !== 'done') go({ state: 'editing' });
    saveDraft();
  }

  function type(text: string): void {
    const moved = { ...get().moved, text: true };
    edit({ text, moved, ...(text.trim() === '' && { resumption: undefined }) });
  }

  function choose(account: string): void {
    edit({ account, moved: { ...get().moved, account: true } });
  }

  function readOrder(name: string, schedule: Schedule | undefined): Order {
    const { text, account } = get();
    const { parts } = readTweet(get());
    return { account, name, text, parts, replyTo: findReplyTo(get()), schedule };
  }

  function isReady(): boolean {
    const { accounts, account } = get();
    const { fault } = readTweet(get());
    if (fault !== undefined) {
      refuse(fault);
      return false;
    }
    if (accounts.find(({ id }) => id === account)?.canPost === false) {
      fail({ code: 'scope_missing', message: t('error_scope_missing'), field: 'account' });
      return false;
    }
    return true;
  }

  async function submit(schedule?: Schedule): Promise<void> {
    if (isUnderWay(get())) return;
    if (!get().isOpen) {
      await open();
      return;
    }
    const { accounts, account } = get();
    const poster = accounts.find(({ id }) => id === account);
    if (poster === undefined) {
      await handOff();
      return;
    }
    // A second press, meant for the tweet that has just gone out, takes nobody's Undo away.
    if (readTweet(get()).fault === 'empty' && offersUndo(get().step)) return;
    if (!isReady()) return;
    const order = readOrder(poster.name, schedule);
    const id = unanswered?.order === JSON.stringify(order) ? unanswered.id : newId();
    await follow(id, order);
  }

  /** Asks for the post until there is an answer; with a request that was made before, nothing is posted again. */
  async function follow(request: string, order: Order): Promise<void> {
    const { account, parts, replyTo, schedule } = order;
    const input = { request, account, parts: [...parts], replyTo, schedule };
    let seen: number | undefined;
    go({ state: 'posting', order, posted: 0 });
    saveDraft({ request, schedule });
    try {
      const reply = await askUntilDone(
        () => invoke('tweet.post', { ...input, ...(seen !== undefined && { seen }) }),
        ({ posted }) => {
          seen = posted;
          go({ state: 'posting', order, posted });
        },
      );
      unanswered = undefined;
      if (reply.state === 'stopped') unclear = { order, ...reply };
      if (reply.state === 'stopped') keepRest(order, reply);
      else if (reply.state === 'queued')
        letGo({ state: 'kept', order, kept: { request, wait: reply, schedule: order.schedule } });
      else celebrate(order, reply.posted);
    } catch (thrown) {
      fail(readPostFailure(thrown));
      unclear = { order, posted: [], rest: parts };
      if (thrown instanceof ActionError) {
        unanswered = undefined;
        saveDraft();
      } else unanswered = { id: request, order: JSON.stringify(order) };
    }
  }

  function readPostFailure(thrown: unknown): Failure {
    const failure = readFailure(thrown, t);
    return failure.field === 'parts' ? { ...failure, field: 'text' } : failure;
  }

  /** The text is in other hands: the form is empty for the next. */
  function letGo(step: Step): void {
    set({ text: '', resumption: undefined, moved: { ...get().moved, text: false } });
    go(step);
    saveDraft();
  }

  function celebrate(order: Order, posted: readonly Posted[]): void {
    const done = { state: 'done' as const, order, posted, secondsLeft: undoSeconds };
    letGo(done);
    void countDown(done);
  }

  /** What was not posted becomes the draft, which goes on under the last tweet. */
  function keepRest(
    order: Order,
    {
      posted,
      rest,
      code,
      message,
      details,
    }: Omit<PostStopped, 'state' | 'code'> & { code?: PostStopped['code'] },
  ): void {
    const { account } = order;
    const replyTo = posted.at(-1)?.id ?? order.replyTo;
    if (replyTo !== undefined) set({ text: joinParts(rest), account, resumption: { account, replyTo } });
    go({
      state: 'stopped',
      order,
      posted,
      failure: {
        message,
        ...(code !== undefined && { code }),
        ...(details !== undefined && { details }),
      },
    });
    saveDraft();
  }

  /** Looks for the tweet whose answer did not arrive, and goes on as if it had when it is there. */
  async function check(): Promise<void> {
    if (unclear === undefined || isUnderWay(get())) return;
    const { order, posted, rest } = unclear;
    const [text = '', ...others] = rest;
    go({ state: 'checking' });
    try {
      const { found } = await invoke('tweet.check', { account: order.account, text });
      if (found === undefined) fail({ message: t('tweet_not_there') });
      else if (others.length === 0) celebrate(order, [...posted, found]);
      else keepRest(order, { posted: [...posted, found], rest: others, message: t('tweet_there') });
    } catch (thrown) {
      fail(readFailure(thrown, t));
    }
  }

  /** The Activity drops the draft of what it takes up. */
  async function catchUp(): Promise<void> {
    const { resumption } = get();
    const isIdle = () => findReplyTo(get()) !== undefined && !isUnderWay(get());
    if (!isIdle()) return;
    const { fields: { replyTo, text = '' } = {} } = await invoke('draft.read', { form: draftName });
    if (replyTo !== undefined || !isIdle() || get().resumption !== resumption) return;
    set({ text, resumption: undefined, moved: { ...get().moved, text: false } });
    go({ state: 'editing' });
  }

  async function countDown(step: Extract<Step, { state: 'done' }>): Promise<void> {
    go(step);
    counting = new AbortController();
    const { signal } = counting;
    try {
      for (let secondsLeft = undoSeconds - 1; secondsLeft >= 0; secondsLeft -= 1) {
        await sleep(1000, signal);
        set({ step: { ...step, secondsLeft } });
      }
    } catch {
      // Something else has begun.
    }
  }

  async function undo(): Promise<void> {
    const { step } = get();
    if (!offersUndo(step)) return;
    const { order } = step;
    const left = [...step.posted];
    go({ state: 'undoing' });
    try {
      for (let last = left.at(-1); last !== undefined; last = left.at(-1)) {
        await remove(order.account, last.id);
        left.pop();
      }
    } catch (thrown) {
      void countDown({ ...step, posted: left, secondsLeft: undoSeconds, failure: readFailure(thrown, t) });
      return;
    }
    go({ state: 'undone', count: step.posted.length });
    restore(order);
  }

  function giveBack(): void {
    const { step } = get();
    if (step.state === 'kept') restore(step.order);
  }

  /** The text as it was, unless another one is being written. */
  function restore({ account, text, replyTo }: Order): void {
    if (get().text !== '') return;
    set({ text, account, ...(replyTo !== undefined && { resumption: { account, replyTo } }) });
    saveDraft();
  }

  async function remove(account: string, tweet: string): Promise<void> {
    try {
      await invoke('tweet.delete', { account, tweet });
    } catch (thrown) {
      const isGone = thrown instanceof ActionError && thrown.refusal.code === 'tweet_not_found';
      if (!isGone) throw thrown;
    }
  }

  async function handOff(): Promise<void> {
    if (isUnderWay(get())) return;
    const { text } = get();
    const fault = findTextFault(text);
    if (fault !== undefined) {
      refuse(fault);
      return;
    }
    try {
      const { url } = await invoke('tweet.hand-off', { text: text.trim() });
      go({ state: 'handed-off', url });
    } catch (thrown) {
      fail(readFailure(thrown, t));
    }
  }

  async function allow(): Promise<void> {
    if (isUnderWay(get())) return;
    const { account } = get();
    go({ state: 'allowing' });
    try {
      const { accounts } = await invoke('accounts.list', {});
      const provider = accounts.find(({ id }) => id === account)?.provider ?? '';
      await invoke('accounts.sign-in', { provider, account, allow: ['post'] });
      await reload();
      go({ state: 'editing' });
    } catch (thrown) {
      fail(readFailure(thrown, t));
    }
  }

  return {
    store,
    open,
    reload,
    type,
    choose,
    isReady,
    submit,
    giveBack,
    handOff,
    allow,
    check,
    catchUp,
    undo,
  };
}

/** The time of a post under way, as its draft has it. */
function readSchedule({ schedule }: Readonly<Record<string, string>>): Schedule | undefined {
  // Written above, and by nobody else.
  return schedule === undefined ? undefined : (JSON.parse(schedule) as Schedule);
}
