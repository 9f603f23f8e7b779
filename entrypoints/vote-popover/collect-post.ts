import type { PopoverSubject, PopoverTools } from './open-vote-popover.ts';

/** Puts the post on the list of collected ones instead of voting, or takes it off again. */
export async function collectPost({ spot }: PopoverSubject, tools: PopoverTools): Promise<void> {
  const { invoke, translate, onMark, explain } = tools;
  try {
    const { author, permlink } = spot.post;
    const { isCollected } = await invoke('batch.collect', { author, permlink });
    onMark({ text: translate(isCollected ? 'page_collected' : 'page_uncollected'), isCollected });
  } catch (error) {
    onMark({ text: translate('page_not_collected'), failure: explain(error) });
  }
}
