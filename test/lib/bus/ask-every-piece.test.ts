import { expect, it } from 'vitest';
import { askEveryPiece } from '../../../lib/bus/ask-every-piece.ts';

it('asks on from where each piece ended, until one is the last', async () => {
  const asked: object[] = [];
  const answers = [{ next: 9 }, { next: 0 }, { text: 'last' }];
  const pieces = await askEveryPiece((before) => {
    asked.push(before);
    return Promise.resolve<{ next?: number }>(answers[asked.length - 1] ?? {});
  });
  expect(asked).toEqual([{}, { before: 9 }, { before: 0 }]);
  expect(pieces).toEqual(answers);
});

it('gives nothing of what broke off', async () => {
  const answers = [Promise.resolve({ next: 1 }), Promise.reject(new Error('gone'))];
  await expect(askEveryPiece(() => answers.shift() ?? Promise.resolve({}))).rejects.toThrow('gone');
});
