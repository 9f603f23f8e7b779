import { useRef, useState } from 'preact/hooks';
import type { Actions } from '../../../lib/actions/index.ts';
import { useView } from '../../../lib/ui/view-context.ts';

type ReadRow = Actions['batch.read']['output']['rows'][number];
type Preview = Actions['batch.preview']['output'];
export type PreviewedVote = Preview['votes'][number];

/** Posts asked about in one message, and messages under way at a time: nodes are other people's. */
const partSize = 20;
const atOnce = 2;

/** A row of the list that can be voted on, with what is known of it. */
export interface GoodRow {
  readonly line: number;
  readonly weight: number;
  readonly preview: PreviewedVote;
  readonly isChosen: boolean;
}
export interface BadRow {
  readonly line: number;
  readonly text: string;
  readonly message: string;
}
export interface Looked {
  readonly state: 'looked';
  readonly good: readonly GoodRow[];
  readonly bad: readonly BadRow[];
  readonly basis: Preview['basis'];
  readonly floorPercent: number;
}
export type Look =
  | { readonly state: 'none' }
  | { readonly state: 'looking'; readonly done: number; readonly total: number }
  | Looked;

/** States in which a vote can be sent at all. */
export const sendable: ReadonlySet<PreviewedVote['state']> = new Set(['ready', 'change', 'paid_out']);

interface Order {
  readonly account: string;
  readonly text: string;
  /** Percent, for rows that name none. */
  readonly weight: number;
}

type Named = ReadRow & { readonly post: NonNullable<ReadRow['post']> };
const isNamed = (row: ReadRow): row is Named => row.post !== undefined;

/** Reads a list and looks its posts up, part by part, until it is stopped. */
export function useBatchLook() {
  const { invoke } = useView();
  const [look, setLook] = useState<Look>({ state: 'none' });
  const running = useRef(new AbortController());

  const stop = () => {
    running.current.abort();
    setLook({ state: 'none' });
  };

  /** Rejects as the two actions do. */
  const start = async ({ account, text, weight }: Order) => {
    stop();
    const { signal } = (running.current = new AbortController());
    const { rows } = await invoke('batch.read', { account, text });
    const named = rows.filter(isNamed).map((row) => ({ ...row, weight: row.weight ?? weight }));
    const found = new Map<number, PreviewedVote>();
    let last: Preview | undefined;
    const parts = Array.from({ length: Math.ceil(named.length / partSize) }, (_, index) =>
      named.slice(index * partSize, (index + 1) * partSize),
    );
    const tell = () =>
      !signal.aborted && setLook({ state: 'looking', done: found.size, total: named.length });
    const work = async () => {
      for (let part = parts.shift(); part !== undefined && !signal.aborted; part = parts.shift()) {
        const votes = part.map((row) => ({ ...row.post, weight: row.weight }));
        const answer = await invoke('batch.preview', { account, votes });
        last = { ...answer, basis: answer.basis ?? last?.basis };
        part.forEach(({ line }, index) => {
          const preview = answer.votes[index];
          if (preview !== undefined) found.set(line, preview);
        });
        tell();
      }
    };
    tell();
    try {
      await Promise.all(Array.from({ length: atOnce }, work));
    } catch (failure) {
      if (!signal.aborted) stop();
      throw failure;
    }
    if (signal.aborted) return;
    setLook({
      state: 'looked',
      good: named.flatMap(({ line, weight: percent }) => {
        const preview = found.get(line);
        return preview === undefined
          ? []
          : [{ line, weight: percent, preview, isChosen: preview.state === 'ready' }];
      }),
      bad: rows.flatMap(({ line, text: raw, trouble }) =>
        trouble === undefined ? [] : [{ line, text: raw, message: trouble.message }],
      ),
      basis: last?.basis,
      floorPercent: last?.floorPercent ?? 0,
    });
  };

  /** Takes rows in or leaves them out, by line; all that can be sent where none is named. */
  const choose = (isChosen: boolean, chosenLine?: number) =>
    setLook((before) =>
      before.state !== 'looked'
        ? before
        : {
            ...before,
            good: before.good.map((row) =>
              sendable.has(row.preview.state) && (chosenLine ?? row.line) === row.line
                ? { ...row, isChosen }
                : row,
            ),
          },
    );

  return { look, start, stop, choose };
}
