/** How the Vote tab behaves, without DOM: it opens at once, facts fill in after, and it keeps what the person typed. */
import type { VotePreview } from '../../lib/actions/vote.ts';
import { ActionError } from '../../lib/bus/client.ts';
import { askUntilDone } from '../../lib/bus/ask-until-done.ts';
import { readFailure, type Failure } from '../../lib/ui/failure.ts';
import type { Schedule } from '../../lib/ui/local-time.ts';
import { createStore, type Store } from '../../lib/ui/store.ts';
import type { ViewPorts } from '../../lib/ui/view-ports.ts';
import {
  findDefaultVoter,
  findPreview,
  findWeight,
  initialVoteState,
  readOwnWeight,
  readPostName,
  type Order,
  type VoteState,
} from './vote-state.ts';

/** While someone types a link there is nothing to look up; a pasted one waits this long. */
const typingPauseMs = 300;
const draftName = 'vote';

/** Steps that tell how it went, until something else is wanted. */
const ended = ['failed', 'done', 'kept', 'handed-off'];

type FieldName = 'post' | 'account' | 'weight';

/** What more than the vote itself is wished for. */
export interface Wishes {
  /** Called once when the vote leaves, is kept for later, or is handed off; never when it is taken back before. */
  readonly alongside?: (isHandedOff: boolean) => void;
  /** Undefined for now. */
  readonly schedule?: Schedule | undefined;
}

export interface VoteForm {
  readonly store: Store<VoteState>;
  /** Fills in the current tab's post, the accounts and the draft, then the facts. */
  readonly open: () => Promise<void>;
  /** Accounts, weights and settings again, without touching what is typed. */
  readonly reload: () => Promise<void>;
  readonly edit: (field: FieldName, value: string) => void;
  /** The person is at the weight: facts leave it alone from now on, until they change the post or the account. */
  readonly touchWeight: () => void;
  /** Looks the facts up again. */
  readonly lookUp: () => Promise<void>;
  /** Vote, Remove vote, schedule, or hand off: whatever the button says. A downvote asks once more first. */
  readonly submit: (wishes?: Wishes) => Promise<void>;
  readonly confirm: () => Promise<void>;
  /** Takes a vote back that was not confirmed or has not left yet. */
  readonly undo: () => void;
}

export function createVoteForm({ invoke, t, newId, sleep }: ViewPorts): VoteForm {
  const store = createStore(initialVoteState);
  const { get, set } = store;
  let lookingUp = new AbortController();
  let counting = new AbortController();
  /** What leaves with the vote. */
  let alongside: Wishes['alongside'];
  /** The request whose answer got lost, and what it was for: asking for the same again must not vote twice. */
  let unanswered: { readonly id: string; readonly order: string } | undefined;
  let isWeightTouched = false;
  /** What was typed, or is about to be, since a vote left. */
  const edited = new Set<FieldName>();

  const fail = (failure: Failure) => set({ step: { state: 'failed', failure } });
  const refill = () => {
    if (!get().moved.weight && !isWeightTouched) set({ weight: readOwnWeight(get()) });
  };

  async function reload(): Promise<void> {
    const start = await invoke('vote.start', {});
    set({
      isOpen: true,
      accounts: start.accounts,
      site: start.site,
      hasSiteChanged: start.hasSiteChanged,
      undoSeconds: start.undoSeconds,
      tabPost: start.post ?? '',
    });
    const { moved, account, accounts } = get();
    if (account === '' || !accounts.some(({ id }) => id === account)) {
      set({ account: findDefaultVoter(accounts)?.id ?? '', moved: { ...moved, account: false } });
    }
    refill();
  }

  async function open(): Promise<void> {
    // A draft that can't be read must not keep anyone from voting.
    const draft = invoke('draft.read', { form: draftName }).catch(() => ({ fields: undefined }));
    try {
      await reload();
    } catch (thrown) {
      fail(readFailure(thrown, t));
      return;
    }
    if (!get().moved.post) set({ post: get().tabPost });
    restore((await draft).fields ?? {});
    await lookUp();
  }

  /** A draft belongs to the page it was written on: on the page of another post, that post comes first. */
  function restore(draft: Readonly<Record<string, string>>): void {
    const { moved, tabPost, accounts } = get();
    if (draft['post'] === undefined || (tabPost !== '' && draft['tabPost'] !== tabPost)) return;
    if (!moved.post) set({ post: draft['post'] });
    if (!moved.account && accounts.some(({ id }) => id === draft['account'])) {
      set({ account: draft['account'] ?? '', moved: { ...get().moved, account: true } });
    }
    if (!moved.weight && !isWeightTouched && draft['weight'] !== undefined) {
      set({ weight: draft['weight'], moved: { ...get().moved, weight: true } });
    }
    refill();
  }

  function saveDraft(): void {
    const { post, tabPost, account, weight, moved } = get();
    const fields = {
      post,
      tabPost,
      ...(moved.account && { account }),
      ...(moved.weight && { weight }),
    };
    // Losing a draft is no reason to interrupt someone who types.
    void invoke('draft.save', { form: draftName, fields }).catch(() => undefined);
  }

  function edit(field: FieldName, value: string): void {
    const { step } = get();
    set({
      [field]: value,
      moved: { ...get().moved, [field]: true },
      ...(ended.includes(step.state) && {
        step: { state: 'editing' },
      }),
    });
    edited.add(field);
    saveDraft();
    if (field === 'weight') return;
    isWeightTouched = false;
    void lookUp(field === 'post' ? typingPauseMs : 0);
    refill();
  }

  async function lookUp(pauseMs = 0): Promise<void> {
    lookingUp.abort();
    lookingUp = new AbortController();
    const { signal } = lookingUp;
    if (get().post.trim() === '') {
      set({ facts: { state: 'none' } });
      return;
    }
    const before = pauseMs === 0 ? findKnownFacts(get()) : undefined;
    set({ facts: { state: 'loading', ...(before && { preview: before }) } });
    try {
      if (pauseMs > 0) await sleep(pauseMs, signal);
      const preview = await fetchPreview(signal);
      if (signal.aborted) return;
      set({ facts: { state: 'shown', preview } });
      refill();
    } catch (thrown) {
      if (!signal.aborted) set({ facts: { state: 'failed', failure: readFailure(thrown, t) } });
    }
  }

  /** The facts, with an account of the post's own chain unless the person chose another. */
  async function fetchPreview(signal: AbortSignal): Promise<VotePreview> {
    const { moved, accounts } = get();
    const account = moved.account ? get().account : (findDefaultVoter(accounts)?.id ?? '');
    const post = get().post.trim();
    const ask = (voter: string) => invoke('vote.preview', voter === '' ? { post } : { post, account: voter });
    const choose = (voter: string) => {
      if (!signal.aborted && !get().moved.account) set({ account: voter });
    };
    try {
      const preview = await ask(account);
      choose(account);
      return preview;
    } catch (thrown) {
      const isOtherChain = thrown instanceof ActionError && thrown.refusal.code === 'wrong_chain';
      if (!isOtherChain || moved.account) throw thrown;
      const preview = await ask('');
      const other = findDefaultVoter(accounts, preview.post.chain)?.id ?? '';
      choose(other);
      return other === '' ? preview : await ask(other);
    }
  }

  async function submit({ alongside: together, schedule }: Wishes = {}): Promise<void> {
    if (isUnderWay(get())) return;
    alongside = together;
    if (!get().isOpen) {
      await open();
      return;
    }
    const weight = findWeight(get().weight);
    if (weight === undefined) {
      fail({ message: t('error_bad_weight'), field: 'weight' });
      return;
    }
    const preview = findPreview(get());
    if (weight === 0 && preview?.voter !== undefined && (preview.voter.currentWeight ?? 0) === 0) {
      fail({ message: t('error_vote_nothing_to_remove'), field: 'weight' });
      return;
    }
    const { account, accounts, post } = get();
    const name = accounts.find(({ id }) => id === account)?.name;
    if (name === undefined) {
      await handOff(weight);
      return;
    }
    const order: Order = {
      post: post.trim(),
      postName: readPostName(post, preview),
      account,
      name,
      weight,
      kind: preview?.post.kind,
      schedule,
    };
    if (weight < 0) set({ step: { state: 'confirming', order } });
    else await countDown(order);
  }

  function leave(isHandedOff: boolean): void {
    const together = alongside;
    alongside = undefined;
    together?.(isHandedOff);
  }

  async function handOff(weight: number): Promise<void> {
    const preview = findPreview(get());
    leave(true);
    try {
      const { url } = await invoke('vote.hand-off', {
        post: get().post.trim(),
        weight,
        ...(preview && { chain: preview.post.chain }),
      });
      set({ step: { state: 'handed-off', url } });
      forgetDraft();
    } catch (thrown) {
      fail(readFailure(thrown, t));
    }
  }

  async function confirm(): Promise<void> {
    const { step } = get();
    if (step.state === 'confirming') await countDown(step.order);
  }

  /** The undo window: the request leaves when it is over. What is scheduled can be taken back for longer. */
  async function countDown(order: Order): Promise<void> {
    counting = new AbortController();
    const { signal } = counting;
    try {
      const { undoSeconds } = get();
      for (
        let secondsLeft = order.schedule === undefined ? undoSeconds : 0;
        secondsLeft > 0;
        secondsLeft -= 1
      ) {
        set({ step: { state: 'counting', order, secondsLeft } });
        await sleep(1000, signal);
      }
    } catch {
      return; // Taken back.
    }
    await send(order);
  }

  function undo(): void {
    counting.abort();
    set({ step: { state: 'editing' } });
  }

  async function send(order: Order): Promise<void> {
    const sameOrder = JSON.stringify(order);
    const id = unanswered?.order === sameOrder ? unanswered.id : newId();
    const { post, account, weight, kind, schedule } = order;
    const isConfirmed = weight < 0 ? true : undefined;
    const input = { request: id, post, account, weight, kind, isConfirmed, schedule };
    set({ step: { state: 'sending', order } });
    edited.clear();
    leave(false);
    try {
      const result = await askUntilDone(
        () => invoke('vote.cast', input),
        () => set({ step: { state: 'waiting', order } }),
      );
      unanswered = undefined;
      if (result.state === 'queued')
        set({ step: { state: 'kept', kept: { request: id, wait: result, schedule } } });
      else set({ step: { state: 'done', order, result } });
    } catch (thrown) {
      unanswered = thrown instanceof ActionError ? undefined : { id, order: sameOrder };
      fail(readFailure(thrown, t));
      return;
    }
    if (edited.size === 0) forgetDraft();
    else saveDraft();
    // What the form shows next is what the chain now holds: the vote just cast, and the weight remembered with it.
    if (!edited.has('weight')) {
      isWeightTouched = false;
      set({ moved: { ...get().moved, weight: false } });
    }
    await reload().catch(() => undefined);
    await lookUp();
  }

  function forgetDraft(): void {
    void invoke('draft.save', { form: draftName, fields: {} }).catch(() => undefined);
  }

  return {
    store,
    open,
    reload,
    edit,
    touchWeight() {
      isWeightTouched = true;
      edited.add('weight');
    },
    lookUp: () => lookUp(),
    submit,
    confirm,
    undo,
  };
}

/** What still holds of the facts before: the post, and the account where it is the same. */
function findKnownFacts(state: VoteState): VotePreview | undefined {
  const preview = findPreview(state);
  if (preview === undefined || preview.voter?.account === state.account) return preview;
  return { post: preview.post, warnings: [] };
}

function isUnderWay({ step }: VoteState): boolean {
  return ['confirming', 'counting', 'sending', 'waiting'].includes(step.state);
}
