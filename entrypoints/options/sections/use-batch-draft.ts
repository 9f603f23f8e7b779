import { useEffect, useRef, useState } from 'preact/hooks';
import { useView } from '../../../lib/ui/view-context.ts';

const form = 'batch';

/** What stands in the form of a batch, as typed. */
export interface BatchFields {
  readonly account: string;
  /** Percent. */
  readonly weight: string;
  readonly list: string;
  /** The batch that was sent and not answered for, and its votes as JSON: the same votes are that batch again. */
  readonly batch: string;
  readonly votes: string;
}

const names = ['account', 'weight', 'list', 'batch', 'votes'] as const;
const unsent = { batch: '', votes: '' };

export interface BatchDraft {
  readonly fields: BatchFields;
  /** The fields at this moment, which may not be drawn yet. */
  readonly read: () => BatchFields;
  readonly change: (changes: (before: BatchFields) => Partial<BatchFields>) => void;
  /** Its votes are on their way: what is typed next is for another batch. */
  readonly forget: () => void;
}

/** The fields of the form, kept until the browser closes or its votes are on their way. */
export function useBatchDraft(account: string): BatchDraft {
  const { invoke } = useView();
  const [fields, setFields] = useState<BatchFields>({ account, weight: '100', list: '', ...unsent });
  // A file that is read, or an answer, comes later than the drawing that asked for it.
  const newest = useRef(fields);
  const isTouched = useRef(false);
  const set = (next: BatchFields) => {
    newest.current = next;
    setFields(next);
  };
  // Losing a draft is no reason to interrupt someone who types.
  const save = (draft: Readonly<Record<string, string>>) =>
    void invoke('draft.save', { form, fields: { ...draft } }).catch(() => undefined);
  useEffect(() => {
    invoke('draft.read', { form }).then(
      ({ fields: draft = {} }) => {
        const found = names.flatMap((name) => {
          const text = draft[name];
          return text === undefined ? [] : [[name, text] as const];
        });
        // Who types already is not interrupted.
        if (!isTouched.current) set({ ...newest.current, ...Object.fromEntries(found) });
      },
      () => undefined,
    );
  }, []);
  return {
    fields,
    read: () => newest.current,
    change(changes) {
      isTouched.current = true;
      set({ ...newest.current, ...changes(newest.current) });
      save({ ...newest.current });
    },
    forget() {
      isTouched.current = true;
      set({ ...newest.current, list: '', ...unsent });
      save({});
    },
  };
}
