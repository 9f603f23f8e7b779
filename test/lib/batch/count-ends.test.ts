import { expect, it } from 'vitest';
import { countEnds } from '../../../lib/batch/count-ends.ts';

it('counts ends, and failures by reason with the most frequent first', () => {
  const failed = (code?: 'vote_not_allowed' | 'post_not_found') => ({ outcome: 'failed' as const, code });
  expect(
    countEnds([
      { outcome: 'done' },
      { outcome: 'done', wasThere: true },
      { outcome: 'unknown', code: 'vote_unknown' },
      failed('post_not_found'),
      failed('vote_not_allowed'),
      failed('vote_not_allowed'),
      failed(),
      { outcome: 'failed', code: 'taken_back' },
    ]),
  ).toEqual({
    done: 1,
    wasThere: 1,
    failed: 4,
    unknown: 1,
    cancelled: 1,
    reasons: [
      { code: 'vote_not_allowed', count: 2 },
      { code: 'post_not_found', count: 1 },
      { code: 'internal', count: 1 },
    ],
  });
});
