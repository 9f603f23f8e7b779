import { expect, it, vi } from 'vitest';
import { ActionError } from '../../../lib/bus/client.ts';
import { askUntilDone } from '../../../lib/bus/ask-until-done.ts';

const done = { state: 'done', wasThere: false, name: 'bob', weight: 50 } as const;
const waiting = { state: 'waiting', until: 1 } as const;

it('asks again while the vote waits in line, and says so', async () => {
  const ask = vi.fn<() => Promise<typeof done | typeof waiting>>();
  ask.mockResolvedValueOnce(waiting).mockResolvedValueOnce(waiting).mockResolvedValueOnce(done);
  const onWaiting = vi.fn();
  await expect(askUntilDone(ask, onWaiting)).resolves.toEqual(done);
  expect(onWaiting).toHaveBeenCalledTimes(2);
});

it('asks again when the worker was stopped before it answered', async () => {
  const ask = vi.fn<() => Promise<typeof done>>();
  ask.mockRejectedValueOnce(new Error('port closed')).mockResolvedValueOnce(done);
  await expect(askUntilDone(ask, vi.fn())).resolves.toEqual(done);
});

it('gives up after three lost answers in a row', async () => {
  const ask = vi.fn(() => Promise.reject(new Error('port closed')));
  await expect(askUntilDone(ask, vi.fn())).rejects.toThrow('port closed');
  expect(ask).toHaveBeenCalledTimes(3);
});

it('takes a refusal for an answer', async () => {
  const ask = vi.fn(() => Promise.reject(new ActionError({ code: 'vote_declined', message: 'No.' })));
  await expect(askUntilDone(ask, vi.fn())).rejects.toBeInstanceOf(ActionError);
  expect(ask).toHaveBeenCalledTimes(1);
});
