/** How hard a passphrase is to guess. Its word lists are large, so this file is loaded only where a passphrase is made up. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';

const estimator = new ZxcvbnFactory({
  // Leaked passwords and the Diceware words; whole vocabularies would make the package four times as large.
  dictionary: common.dictionary,
  graphs: common.adjacencyGraphs,
});

/** From 0, guessed at once, to 4, safe from an attacker with the vault and much time. */
export function estimateStrength(passphrase: string): 0 | 1 | 2 | 3 | 4 {
  return estimator.check(passphrase).score;
}
