import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { readFailure, type Failure } from './failure.ts';
import { useView } from './view-context.ts';

export interface Task {
  readonly isRunning: boolean;
  readonly failure: Failure | undefined;
  /** What to tell the person once it is done, or meanwhile. */
  readonly notice: ComponentChildren;
  /** Runs `work`; what it resolves with becomes the notice. Never rejects. */
  readonly run: (work: () => Promise<ComponentChildren>, meanwhile?: string) => Promise<void>;
  readonly fail: (failure: Failure) => void;
  readonly say: (notice: ComponentChildren) => void;
}

/** One thing that a person set off with a button, and how it stands. */
export function useTask(): Task {
  const { t } = useView();
  const [state, setState] = useState<Pick<Task, 'isRunning' | 'failure' | 'notice'>>({
    isRunning: false,
    failure: undefined,
    notice: undefined,
  });
  const end = (notice: ComponentChildren, failure?: Failure) =>
    setState({ isRunning: false, notice, failure });
  return {
    ...state,
    run: async (work, meanwhile) => {
      setState({ isRunning: true, failure: undefined, notice: meanwhile });
      try {
        end(await work());
      } catch (thrown) {
        end(undefined, readFailure(thrown, t));
      }
    },
    fail: (failure) => end(undefined, failure),
    say: (notice) => setState((before) => ({ ...before, notice })),
  };
}
