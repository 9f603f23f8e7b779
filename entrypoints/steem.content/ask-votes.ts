import type { Actions } from '../../lib/actions/index.ts';
import type { Invoke } from '../../lib/bus/client.ts';
import type { PostName } from '../../lib/steem/post-in-url.ts';

type Votes = Actions['page.votes']['output']['votes'];

/** As many as one message may name. */
const batchSize = 50;

/**
 * Asks which of the posts near the visible part of the page have a vote, many in one message.
 *
 * @returns `watch` for a new element of a post; `unwatch` when it goes.
 */
export function createVoteAsker(invoke: Invoke, signal: AbortSignal, onVotes: (votes: Votes) => void) {
  const posts = new WeakMap<Element, PostName>();
  const visible: PostName[] = [];
  const ask = () => {
    while (visible.length > 0) {
      // Marks are a convenience: when they cannot be had, the buttons work without.
      invoke('page.votes', { posts: visible.splice(0, batchSize) }).then(
        ({ votes }) => onVotes(votes),
        () => undefined,
      );
    }
  };
  const observer = new IntersectionObserver(
    (entries) => {
      if (visible.length === 0) requestIdleCallback(ask);
      for (const { isIntersecting, target } of entries) {
        const post = posts.get(target);
        if (!isIntersecting || !post) continue;
        observer.unobserve(target);
        visible.push(post);
      }
    },
    { rootMargin: '300px' },
  );
  signal.addEventListener('abort', () => observer.disconnect());
  return {
    watch(element: Element, post: PostName) {
      posts.set(element, post);
      observer.observe(element);
    },
    unwatch: (element: Element) => observer.unobserve(element),
  };
}
