import { createTweetForm } from '../tweet-form.ts';
import { TweetView } from '../views/tweet.tsx';
import type { CreateTab } from './tab-code.ts';

export const createTab: CreateTab = (ports, life, { onSeeActivity }) => {
  const form = createTweetForm(ports);
  ports.onChange((topic) => {
    // A failed look leaves what is there.
    if (topic === 'accounts') form.reload().catch(() => undefined);
    if (topic === 'journal') form.catchUp().catch(() => undefined);
  }, life);
  return () => <TweetView form={form} onSeeActivity={onSeeActivity} />;
};
