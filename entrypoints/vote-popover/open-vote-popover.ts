import type { Actions } from '../../lib/actions/index.ts';
import { askUntilDone } from '../../lib/bus/ask-until-done.ts';
import { ActionError, type Invoke } from '../../lib/bus/client.ts';
import type { TypedTranslate } from '../../lib/locale/translate.ts';
import type { Chain } from '../../lib/steem/chain.ts';
import type { Spot } from '../../lib/steem/sites/site.ts';
import { estimateVoteValue } from '../../lib/steem/vote-value.ts';
import { buildElement } from '../steem.content/build-element.ts';
import { collectPost } from './collect-post.ts';
import { createDialog } from './create-dialog.ts';
import { createTweetPart } from './create-tweet-part.ts';
import { createWeightField } from './create-weight-field.ts';
import { buildButton, onTrusted } from '../steem.content/on-trusted.ts';
import { type Preview, readFacts } from './read-facts.ts';
import { watchSight } from './watch-sight.ts';
import type { Mark } from '../steem.content/view.ts';

type CastVoteInput = Actions['vote.cast']['input'];
type Wait = Extract<Actions['vote.cast']['output'], { state: 'queued' }>['reason'];

export type Page = Actions['page.open']['output'];

export interface PopoverSubject {
  readonly spot: Spot;
  readonly chain: Chain['id'];
  /** A link to the post on this site, which binds it to the chain. */
  readonly link: string;
  /** The button that was pressed, or the one that stands in its place by now. */
  readonly findOpener: () => HTMLElement | undefined;
  readonly page: Page;
  /** Percent, when it is known already that there is a vote. */
  readonly weight: number | undefined;
  /** The person wants the post on the list of collected ones, and no popover. */
  readonly isCollecting: boolean;
}

export interface PopoverTools {
  readonly invoke: Invoke;
  readonly translate: TypedTranslate;
  /** The page as it is now: accounts may have come since. */
  readonly reload: () => Promise<Page>;
  readonly onMark: (mark: Mark) => void;
  /** The sentence for something thrown. */
  readonly explain: (error: unknown) => string;
}

/**
 * Opens the popover for a vote. It shows what the chain says of the post, never what the page says; facts come in while
 * it is open and do not touch what the person has chosen. It closes by itself only when the vote is cast. Nothing is
 * done while the person can't see it, whoever covers it.
 *
 * @param watch tells whether the person sees the popover.
 * @returns a function that takes the popover away.
 */
export function openVotePopover(
  subject: PopoverSubject,
  tools: PopoverTools,
  watch = watchSight,
): () => void {
  const { spot, chain, link } = subject;
  const { invoke, translate } = tools;
  if (subject.isCollecting) {
    void collectPost(subject, tools);
    return () => undefined;
  }
  const name = `${spot.post.author}/${spot.post.permlink}`;
  const names = { author: spot.post.author, permlink: spot.post.permlink };

  let page = subject.page;
  let preview: Preview | undefined;
  let asked = 0;
  let isTweeted = false;
  /** Why the vote or the tweet has not left: the background keeps it. */
  let wait: Wait | undefined;
  let isTweetKept = false;
  /** Counts down to the vote. */
  let countdown: ReturnType<typeof setInterval> | undefined;
  /** Sent, but how it ended is not known: asked for again under its own request id. */
  let unanswered: CastVoteInput | undefined;

  const title = buildElement('strong', { id: 'title' }, translate('page_loading'));
  const select = buildElement('select', { id: 'account' });
  const accountField = buildElement('div');
  const value = buildElement('output');
  const facts = buildElement('div', { class: 'facts' });
  const tweet = createTweetPart(link, tools);
  const alert = buildElement('div', { role: 'alert' });
  const status = buildElement('p', { role: 'status' });
  const buttons = buildElement('div', { class: 'row end' });

  const weightField = createWeightField(translate, () => {
    const basis = preview?.voter?.basis;
    value.textContent = basis
      ? translate('page_value', {
          amount: estimateVoteValue(basis, weightField.read() || 0),
          currency: basis.currency,
        })
      : '';
  });

  const dialog = createDialog(
    subject.findOpener,
    { label: translate('page_vote_on', names), close: translate('page_close') },
    (isElsewhere) => {
      if (countdown === undefined) close();
      else if (!isElsewhere) edit();
    },
  );
  const form = buildElement('fieldset', {}, accountField, weightField.element);
  dialog.element.append(
    title,
    buildElement('small', {}, name),
    form,
    value,
    facts,
    tweet.element,
    alert,
    status,
    buttons,
  );

  /** Buttons that act say when they can. */
  const sight = watch(dialog.element, dialog.signal, (isClear) => {
    for (const button of buttons.querySelectorAll('.acts')) button.ariaDisabled = String(!isClear);
  });

  /** Acts only on what the person could see; else says so where the page covered it. */
  const act = (whatIsMeant: () => void) => {
    const verdict = sight.judge();
    if (verdict === 'clear') whatIsMeant();
    if (verdict !== 'covered') return;
    alert.replaceChildren(translate('page_covered'));
    dialog.raise();
  };

  const buildActing = (text: string, onPress: () => void) => {
    const button = buildButton(text, () => act(onPress));
    button.classList.add('acts');
    return button;
  };

  const close = () => {
    clearInterval(countdown);
    dialog.close();
  };

  const step = (text: string, ...shown: HTMLButtonElement[]) => {
    clearInterval(countdown);
    countdown = undefined;
    status.textContent = text;
    form.disabled = text !== '';
    buttons.replaceChildren(...shown);
    sight.renew();
    dialog.place();
  };

  const edit = () => {
    const vote = buildActing(translate('page_vote'), () => press(weightField.read()));
    vote.classList.add('main');
    tweet.forget();
    step(
      '',
      ...(preview?.voter?.currentWeight ? [buildActing(translate('page_remove'), () => press(0))] : []),
      ...(isTweeted ? [] : [buildButton(translate('page_vote_tweet'), () => void askTweet())]),
      vote,
    );
    return vote;
  };

  /** Shows the tweet and its price before anything leaves. */
  const askTweet = async () => {
    const weight = weightField.read();
    alert.replaceChildren();
    if (!(Math.abs(weight) <= 100)) {
      fail(translate('page_bad_weight'));
      return;
    }
    step(translate('page_loading'));
    dialog.element.focus();
    try {
      await tweet.show();
    } catch (error) {
      fail(tools.explain(error));
      return;
    }
    const both = buildActing(translate('page_vote_tweet'), () => press(weight));
    both.classList.add('main');
    step(
      ' ',
      buildButton(translate('page_back'), () => edit().focus()),
      both,
    );
    both.focus();
  };

  const fail = (sentence: string, details?: string) => {
    const more = buildElement(
      'details',
      {},
      buildElement('summary', {}, translate('page_details')),
      details ?? '',
    );
    alert.replaceChildren(sentence, ...(details ? [more] : []));
    edit().focus();
  };

  const account = () => page.accounts.find(({ id }) => id === select.value);

  const press = (weight: number) => {
    alert.replaceChildren();
    const voter = account();
    if (!(Math.abs(weight) <= 100)) fail(translate('page_bad_weight'));
    else if (!voter) void handOff(weight);
    else if (weight < 0) confirm(voter.id, weight);
    else countDown({ account: voter.id, post: link, weight });
  };

  const confirm = (id: string, weight: number) => {
    const yes = () => countDown({ account: id, post: link, weight, isConfirmed: true });
    const back = buildButton(translate('page_back'), () => edit().focus());
    step(translate('page_confirm', { weight }), back, buildActing(translate('page_downvote'), yes));
    back.focus();
  };

  const countDown = (input: Omit<CastVoteInput, 'request'>) => {
    let left = page.undoSeconds;
    const undo = buildButton(translate('page_undo'), () => edit().focus());
    const tick = () => {
      if (left <= 0) void send(input);
      else status.textContent = translate('page_countdown', { weight: input.weight, count: left });
      left -= 1;
    };
    step(' ', undo);
    undo.focus();
    countdown = setInterval(tick, 1000);
    tick();
  };

  const send = async (input: Omit<CastVoteInput, 'request'>) => {
    step(translate('page_waiting'));
    // The button that had the focus is gone; Escape must still be heard.
    dialog.element.focus();
    tools.onMark({ text: translate('page_waiting') });
    const isSame = unanswered?.weight === input.weight && unanswered.account === input.account;
    unanswered = {
      ...input,
      kind: preview?.post.kind ?? spot.kind,
      request: (isSame && unanswered?.request) || crypto.randomUUID(),
    };
    const tweeting = tweet.isWanted() && !tweet.isHandOff() ? sendTweet() : undefined;
    let mark: Mark;
    try {
      const order = unanswered;
      const end = await askUntilDone(
        () => invoke('vote.cast', order),
        () => undefined,
      );
      mark = end.state === 'queued' ? { text: translate('page_queued') } : readMark(end.weight);
      if (end.state === 'queued') wait = end.reason;
    } catch (error) {
      if (error instanceof ActionError) unanswered = undefined;
      const failure = tools.explain(error);
      tools.onMark({ text: translate('page_failed'), failure });
      const trouble = await tweeting;
      fail(
        tweeting ? `${translate('page_failed')}: ${failure}\n${readTweetEnd(trouble)}` : failure,
        error instanceof ActionError ? error.refusal.details : undefined,
      );
      return;
    }
    tools.onMark(mark);
    endTweet(mark, await (tweeting ?? (tweet.isWanted() ? sendTweet() : undefined)));
  };

  const readMark = (weight: number): Mark => ({
    text: translate(weight ? 'page_voted' : 'page_removed', { weight }),
    weight,
  });

  /** @returns the sentence of what went wrong. */
  const sendTweet = async () => {
    try {
      const tweetWait = await tweet.send();
      isTweetKept = tweetWait !== undefined;
      wait ??= tweetWait;
      isTweeted = true;
      return undefined;
    } catch (error) {
      return tools.explain(error);
    }
  };

  const readTweetEnd = (trouble: string | undefined) =>
    trouble
      ? `${translate('page_tweet_failed')}: ${trouble}`
      : translate(isTweetKept ? 'page_tweet_queued' : 'page_tweeted');

  /** The vote is cast: nothing of it is done again, whatever became of the tweet. */
  const endTweet = (mark: Mark, trouble: string | undefined) => {
    if (!trouble) {
      if (isTweeted) tools.onMark({ ...mark, text: `${mark.text} · ${readTweetEnd(trouble)}` });
      if (wait === undefined) close();
      else {
        const end = buildButton(translate('page_close'), close);
        step(translate(`queued_${wait}`), end);
        end.focus();
      }
      return;
    }
    tools.onMark({ ...mark, text: `${mark.text} · ${translate('page_tweet_failed')}`, failure: trouble });
    // An element of its own, since only the bare words of an alert are red.
    const voted = buildElement('span', {}, mark.text);
    alert.replaceChildren(voted, `\n${readTweetEnd(trouble)}`);
    const again = buildActing(translate('page_tweet_again'), () => {
      alert.replaceChildren();
      step(translate('page_waiting'));
      dialog.element.focus();
      void sendTweet().then((failure) => endTweet(mark, failure));
    });
    step(' ', again);
    again.focus();
  };

  const handOff = async (weight: number) => {
    try {
      const isBoth = tweet.isWanted();
      await invoke('vote.hand-off', { post: link, chain, weight });
      const trouble = isBoth ? await sendTweet() : undefined;
      if (trouble) fail(readTweetEnd(trouble));
      else close();
    } catch (error) {
      fail(tools.explain(error));
    }
  };

  const suggest = () => {
    const isComment = (preview?.post.kind ?? spot.kind) === 'comment';
    const remembered = account()?.[isComment ? 'commentWeight' : 'postWeight'] ?? 100;
    weightField.suggest((preview?.voter ? preview.voter.currentWeight : subject.weight) || remembered);
  };

  const ask = async () => {
    const mine = ++asked;
    const id = account()?.id;
    try {
      const answer = await invoke('vote.preview', { post: link, chain, ...(id && { account: id }) });
      if (mine === asked) showPreview(answer);
    } catch (error) {
      if (mine === asked) title.textContent = tools.explain(error);
    }
  };

  const showPreview = (answer: Preview) => {
    preview = answer;
    title.textContent = answer.post.title || name;
    facts.replaceChildren(
      ...readFacts(answer, translate, Date.now()).map((text) => buildElement('p', {}, text)),
      ...answer.warnings.map((warning) =>
        buildElement('p', { class: 'warning' }, translate(`page_${warning}`)),
      ),
    );
    suggest();
    if (!form.disabled) edit();
  };

  const showAccounts = () => {
    const chosen = select.value;
    select.replaceChildren(...page.accounts.map((a) => buildElement('option', { value: a.id }, a.name)));
    if (page.accounts.some(({ id }) => id === chosen)) select.value = chosen;
    accountField.replaceChildren(
      ...(page.accounts.length > 0
        ? [buildElement('label', { for: 'account' }, translate('page_account')), select]
        : [translate('page_no_account')]),
    );
    suggest();
    void ask();
  };

  onTrusted(select, 'change', () => {
    preview = undefined;
    weightField.renew();
    suggest();
    void ask();
  });
  onTrusted(form, 'keydown', (event) => {
    if (event.key !== 'Enter' || event.repeat || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    act(() => press(weightField.read()));
  });

  showAccounts();
  edit();
  weightField.focus();
  tools.reload().then(
    (now) => {
      const isNew = now.accounts.map(({ id }) => id).join() !== page.accounts.map(({ id }) => id).join();
      page = now;
      if (isNew) showAccounts();
      else suggest();
    },
    // The chain's facts are asked for at the same time and tell what is wrong.
    () => undefined,
  );
  return close;
}
