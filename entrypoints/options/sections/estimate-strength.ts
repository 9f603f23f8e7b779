/** How hard a passphrase is to guess. Its word lists are large, so this file is loaded only where a passphrase is made up. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
});

/** From 0, guessed at once, to 4, safe from an attacker with the vault and much time. */
export function estimateStrength(passphrase: string): 0 | 1 | 2 | 3 | 4 {
  return estimator.check(passphrase).score;
}
