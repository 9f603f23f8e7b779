import { expect, it } from 'vitest';
import { estimateStrength } from '../../../entrypoints/options/sections/estimate-strength.ts';

it.each([
  ['password', 0],
  ['qwertyuiop', 0],
  ['aaaaaaaaaaaa', 0],
  ['Passw0rd!', 1],
  ['2026-11-21', 1],
])('finds %s weak', (passphrase, atMost) => {
  expect(estimateStrength(passphrase)).toBeLessThanOrEqual(atMost);
});

it.each(['correct horse battery', 'zażółć gęślą jaźń', '山中小屋的三天没有信号', 'x7#Kq2!vLm9$'])(
  'finds %s strong',
  (passphrase) => {
    expect(estimateStrength(passphrase)).toBeGreaterThanOrEqual(3);
  },
);
