/** How the votes of a batch ended, in numbers. */
import type { ErrorCode } from '../errors.ts';

/** As much of a journal record as counts. */
export interface VoteEnd {
  readonly outcome: 'done' | 'failed' | 'unknown';
  readonly wasThere?: boolean | undefined;
  readonly code?: ErrorCode | undefined;
}

export interface EndCounts {
  readonly done: number;
  /** Votes that the chain held already, the very same; not among `done`. */
  readonly wasThere: number;
  readonly failed: number;
  readonly unknown: number;
  /** Taken back before they left; not among `failed`. */
  readonly cancelled: number;
  /** Failed ones by reason, the most frequent first. */
  readonly reasons: readonly { readonly code: ErrorCode; readonly count: number }[];
}

/** Counts ends. A failure without a code counts as our own fault. */
export function countEnds(ends: readonly VoteEnd[]): EndCounts {
  const count = (fits: (end: VoteEnd) => boolean) => ends.filter(fits).length;
  const isCancelled = ({ code }: VoteEnd) => code === 'taken_back';
  const failures = ends.filter((end) => end.outcome === 'failed' && !isCancelled(end));
  const byCode = Map.groupBy(failures, ({ code }) => code ?? 'internal');
  return {
    done: count(({ outcome, wasThere }) => outcome === 'done' && wasThere !== true),
    wasThere: count(({ outcome, wasThere }) => outcome === 'done' && wasThere === true),
    failed: failures.length,
    unknown: count(({ outcome }) => outcome === 'unknown'),
    cancelled: count(isCancelled),
    reasons: [...byCode]
      .map(([code, { length }]) => ({ code, count: length }))
      .sort((one, other) => other.count - one.count),
  };
}
