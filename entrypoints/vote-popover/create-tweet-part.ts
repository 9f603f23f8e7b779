import type { Actions } from '../../lib/actions/index.ts';
import { askUntilDone } from '../../lib/bus/ask-until-done.ts';
import { ActionError, type Invoke } from '../../lib/bus/client.ts';
import type { TypedTranslate } from '../../lib/locale/translate.ts';
import { buildElement } from '../steem.content/build-element.ts';
import { onTrusted } from '../steem.content/on-trusted.ts';

type About = Actions['tweet.about']['output'];

type Wait = Extract<Actions['tweet.post-about']['output'], { state: 'queued' }>['reason'];

export interface TweetPart {
  /** The tweet as it will be, who sends it and for how much; empty until it was asked for. */
  readonly element: HTMLElement;
  /** Asks what would be tweeted and shows it. Throws what the background answers. */
  show(): Promise<void>;
  /** It goes with the vote, and has not gone yet. */
  isWanted(): boolean;
  /** It waits for the vote, since X's own composer comes to the front. */
  isHandOff(): boolean;
  /** Tweets once, however often it is called. Resolves with why it waits where it does. Throws what went wrong. */
  send(): Promise<Wait | undefined>;
  forget(): void;
}

/** The tweet that goes with a vote. Its text is the background's, made of what the chain says. */
export function createTweetPart(
  post: string,
  tools: { readonly invoke: Invoke; readonly translate: TypedTranslate },
): TweetPart {
  const { invoke, translate } = tools;
  const element = buildElement('div', { class: 'tweet' });
  const select = buildElement('select', { 'aria-label': translate('page_tweet') });
  const cost = buildElement('p');
  let about: About | undefined;
  let request = crypto.randomUUID();

  const forget = () => {
    about = undefined;
    element.replaceChildren();
  };

  /** Names the account that is chosen: each may be charged for its own tweets. */
  const describeCost = ({ accounts, price }: About) => {
    const sender = accounts.find(({ id }) => id === select.value);
    if (!sender) return translate('page_tweet_hand_off');
    const amount = new Intl.NumberFormat(translate('language_tag'), {
      style: 'currency',
      currency: 'USD',
      maximumFractionDigits: 3,
    }).format(price);
    return translate('page_tweet_cost', { name: sender.name, price: amount });
  };

  const describe = ({ accounts, text }: About) => {
    select.replaceChildren(...accounts.map(({ id, name }) => buildElement('option', { value: id }, name)));
    element.replaceChildren(
      buildElement('blockquote', {}, text),
      cost,
      ...(accounts.length > 1 ? [select] : []),
    );
  };
  const showCost = () => {
    if (about) cost.textContent = describeCost(about);
  };
  onTrusted(select, 'change', showCost);

  return {
    element,
    forget,
    async show() {
      about = await invoke('tweet.about', { post });
      describe(about);
      showCost();
    },
    isWanted: () => about !== undefined,
    isHandOff: () => about?.accounts.length === 0,
    async send() {
      if (!about) return undefined;
      let wait: Wait | undefined;
      if (about.accounts.length === 0) await invoke('tweet.open', { post });
      else {
        const input = { request, account: select.value, post };
        try {
          const end = await askUntilDone(
            () => invoke('tweet.post-about', input),
            () => undefined,
          );
          if (end.state === 'queued') wait = end.reason;
        } catch (error) {
          // How it ended is not known: the same request is asked for again, and posts nothing twice.
          if (error instanceof ActionError) request = crypto.randomUUID();
          throw error;
        }
      }
      forget();
      return wait;
    },
  };
}
