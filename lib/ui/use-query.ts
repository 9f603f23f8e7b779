import { useEffect, useState } from 'preact/hooks';
import type { Actions } from '../actions/index.ts';
import type { Topic } from '../ports.ts';
import { readFailure, type Failure } from './failure.ts';
import { useView } from './view-context.ts';

export interface Query<Value> {
  /** The newest answer; the one before stays until there is a newer. */
  readonly value: Value | undefined;
  readonly failure: Failure | undefined;
}

/** Asks for an action now, when `input` changes, and whenever one of `topics` changed. */
export function useQuery<Id extends keyof Actions>(
  action: Id,
  input: Actions[Id]['input'],
  topics: readonly Topic[],
): Query<Actions[Id]['output']> {
  const { invoke, t, onChange } = useView();
  const [query, setQuery] = useState<Query<Actions[Id]['output']>>({ value: undefined, failure: undefined });
  const question = JSON.stringify([action, input, topics]);
  useEffect(() => {
    const life = new AbortController();
    let newest = 0;
    const ask = () => {
      const number = (newest += 1);
      const isStale = () => life.signal.aborted || number !== newest;
      invoke(action, input).then(
        (value) => {
          if (!isStale()) setQuery({ value, failure: undefined });
        },
        (thrown: unknown) => {
          if (!isStale()) setQuery((before) => ({ ...before, failure: readFailure(thrown, t) }));
        },
      );
    };
    onChange((topic) => {
      if (topics.includes(topic)) ask();
    }, life.signal);
    ask();
    return () => life.abort();
    // The question in words stands for action, input and topics, which callers write in place.
  }, [question, invoke, t, onChange]);
  return query;
}
