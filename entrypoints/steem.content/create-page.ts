import { ActionError, type Invoke } from '../../lib/bus/client.ts';
import type { TypedTranslate } from '../../lib/locale/translate.ts';
import type { PostName } from '../../lib/steem/post-in-url.ts';
import type { Site } from '../../lib/steem/sites/site.ts';
import { loadVotePopover } from '../vote-popover/load-popover.ts';
import type { Page, PopoverSubject } from '../vote-popover/open-vote-popover.ts';
import { createVoteAsker } from './ask-votes.ts';
import { createPostActions, type Mark, type PostActions } from './view.ts';
import { type Lifetime, watchPosts } from './watch-posts.ts';

export interface PageParts {
  readonly site: Site;
  readonly invoke: Invoke;
  readonly page: Page;
  readonly context: Lifetime;
  readonly translate: TypedTranslate;
}

/** Puts the buttons beside the posts of this page and keeps them right until the context ends. */
export function createPage({ site, invoke, page, context, ...parts }: PageParts): void {
  /** By author/permlink: an element may come and go, what happened to the post stays. */
  const marks = new Map<string, Mark>();
  const shown = new Map<HTMLElement, { key: string; actions: PostActions }>();
  let close = () => {};
  // After an update of the extension no text can be had any more but this one, which says so.
  const updated = parts.translate('page_updated');
  const translate: TypedTranslate = (key, params) =>
    context.isInvalid ? updated : parts.translate(key, params);

  const mark = (key: string, news: Mark) => {
    // A post stays collected, whatever else becomes of it.
    const all = { isCollected: marks.get(key)?.isCollected, ...news };
    marks.set(key, all);
    for (const { key: other, actions } of shown.values()) if (other === key) actions.show(all);
  };
  for (const key of page.collected) mark(key, { text: translate('page_collected'), isCollected: true });

  const findOpener = (key: string) => [...shown.values()].find((one) => one.key === key)?.actions.voteButton;

  const explain = (error: unknown) =>
    error instanceof ActionError ? error.message : translate('page_no_answer');

  const reload = async () => {
    page = await invoke('page.open', {});
    return page;
  };

  const openPopover = async (subject: PopoverSubject) => {
    const key = readKey(subject.spot.post);
    try {
      const openVotePopover = await loadVotePopover();
      close();
      const onMark = (news: Mark) => mark(key, news);
      close = openVotePopover(subject, { invoke, translate, reload, onMark, explain });
    } catch (error) {
      mark(key, { text: translate('page_failed'), failure: explain(error) });
    }
  };

  const asker = createVoteAsker(invoke, context.signal, (votes) => {
    for (const { weight, ...post } of votes) {
      if (weight && !marks.has(readKey(post)))
        mark(readKey(post), { text: translate('page_voted', { weight }), weight });
    }
  });

  const watch = watchPosts(site, context, {
    mount(spot, container) {
      const key = readKey(spot.post);
      const link = `${location.origin}/@${key}`;
      const actions: PostActions = createPostActions(spot.post, translate, {
        onVote({ shiftKey }) {
          // The site may have used the node again a moment ago: then these buttons are gone, and no vote is cast.
          const now = watch.look(container);
          if (!now || readKey(now.post) !== key) return;
          const weight = marks.get(key)?.weight;
          void openPopover({
            spot: now,
            chain: site.chain,
            link,
            findOpener: () => findOpener(key),
            page,
            weight,
            isCollecting: shiftKey,
          });
        },
        onTweet() {
          invoke('tweet.open', { post: link }).catch((error: unknown) => {
            mark(key, { text: translate('page_tweet_failed'), failure: explain(error) });
          });
        },
      });
      shown.set(actions.host, { key, actions });
      actions.show(marks.get(key));
      if (page.accounts.length > 0) asker.watch(actions.host, spot.post);
      return actions.host;
    },
    unmount(host) {
      shown.delete(host);
      asker.unwatch(host);
    },
    report(url, isPostFound) {
      // Only the popup's hint depends on it.
      invoke('page.report', { url, isPostFound }).catch(() => undefined);
    },
  });
}

function readKey(post: PostName): string {
  return `${post.author}/${post.permlink}`;
}
