import { describe, expect, it } from 'vitest';
import { castVote } from '../../../entrypoints/vote-popover/cast-vote.ts';
import { ActionError, type Invoke } from '../../../lib/bus/client.ts';

const input = { request: 'r', account: 'a', post: 'alice/my-post', weight: 50 };
const done = { state: 'done', wasThere: false, name: 'bob', weight: 50 };

/** Answers in order; an Error is thrown. */
function answerWith(...answers: unknown[]) {
  const asked: unknown[] = [];
  const invoke = (_action: string, question: unknown) => {
    asked.push(question);
    const answer = answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  // Stands in for one action only.
  return { asked, invoke: invoke as unknown as Invoke };
}

describe('castVote', () => {
  it('asks again with the same request while the vote waits its turn', async () => {
    const { asked, invoke } = answerWith(
      { state: 'waiting', until: 1 },
      { state: 'waiting', until: 2 },
      done,
    );
    await expect(castVote(invoke, input)).resolves.toEqual(done);
    expect(asked).toEqual([input, input, input]);
  });

  it('asks again with the same request when the worker was stopped', async () => {
    const { asked, invoke } = answerWith(new Error('message channel closed'), done);
    await expect(castVote(invoke, input)).resolves.toEqual(done);
    expect(asked).toEqual([input, input]);
  });

  it('gives up after four lost answers', async () => {
    const { asked, invoke } = answerWith(...Array.from({ length: 9 }, () => new Error('gone')));
    await expect(castVote(invoke, input)).rejects.toThrow('gone');
    expect(asked).toHaveLength(4);
  });

  it('takes a refusal for an answer', async () => {
    const { asked, invoke } = answerWith(new ActionError({ code: 'vote_power_empty', message: 'Empty.' }));
    await expect(castVote(invoke, input)).rejects.toThrow('Empty.');
    expect(asked).toHaveLength(1);
  });
});
