import type { TypedTranslate } from '../../lib/locale/translate.ts';
import type { PostName } from '../../lib/steem/post-in-url.ts';
import { buildElement } from './build-element.ts';
import { createHost, createSheet } from './create-host.ts';
import { buildButton, onTrusted } from './on-trusted.ts';
import css from './style.css?inline';

export const hostName = 'latchkey-post-actions';

/** What stands beside the buttons of a post. */
export interface Mark {
  readonly text: string;
  /** Percent of the vote that is there, to open the popover with. */
  readonly weight?: number;
  /** Why it failed, in one sentence. */
  readonly failure?: string;
  /** On the list of collected posts. */
  readonly isCollected?: boolean | undefined;
}

export interface PostActions {
  readonly host: HTMLElement;
  readonly voteButton: HTMLButtonElement;
  show(mark?: Partial<Mark>): void;
}

let sheet: CSSStyleSheet | undefined;

/** The buttons Vote and Tweet of one post, not yet in the page. */
export function createPostActions(
  post: PostName,
  translate: TypedTranslate,
  handlers: { readonly onVote: (event: MouseEvent | KeyboardEvent) => void; readonly onTweet: () => void },
): PostActions {
  const { host, root } = createHost(hostName, (sheet ??= createSheet(css)));
  const names = { ...post };
  const voteButton = buildButton(translate('page_vote'), handlers.onVote, translate('page_vote_on', names));
  const tweetButton = buildButton(
    translate('page_tweet'),
    handlers.onTweet,
    translate('page_tweet_on', names),
  );
  const status = buildElement('span', { id: 'mark', role: 'status' });
  // Firefox's click by a key does not tell of Shift.
  onTrusted(voteButton, 'keydown', (event) => {
    if (!event.shiftKey || !/^( |Ent)/.test(event.key)) return;
    event.preventDefault();
    if (!event.repeat) handlers.onVote(event);
  });
  voteButton.ariaHasPopup = 'dialog';
  voteButton.setAttribute('aria-describedby', 'mark');
  root.append(voteButton, status, tweetButton);
  return {
    host,
    voteButton,
    show({ text = '', failure = '', isCollected } = {}) {
      status.textContent = text;
      status.title = failure;
      voteButton.ariaPressed = isCollected ? 'true' : null;
      status.className = failure && 'failed';
    },
  };
}
