import { useState } from 'preact/hooks';
import { useView } from '../../lib/ui/view-context.ts';
import type { VoteForm } from './vote-form.ts';
import type { VoteTweet } from './vote-tweet.tsx';

export interface VoteTweetPart {
  /** Undefined while nobody wants to tweet with the vote. */
  readonly part: VoteTweet | undefined;
  /** @param about what the Post field holds, and the post's own link. */
  readonly begin: (about: { readonly post: string; readonly link: string }) => void;
  readonly end: () => void;
}

/** The tweet that goes with a vote; its code comes with the first. It outlives a look at another tab. */
export function useVoteTweet(form: VoteForm): VoteTweetPart {
  const ports = useView();
  const [part, setPart] = useState<VoteTweet>();
  return {
    part,
    begin: (about) => {
      void import('./vote-tweet.tsx').then(({ createVoteTweet }) =>
        setPart(createVoteTweet(ports, form, about)),
      );
    },
    end: () => setPart(undefined),
  };
}
