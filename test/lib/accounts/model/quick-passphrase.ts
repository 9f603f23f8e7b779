/** Passphrases that cost nothing to try: what the stories tell of is where their keys are, not how hard they are to guess. */
import { encodeBase64 } from '../../../../lib/vault/base64.ts';
import { unwrapKey } from '../../../../lib/vault/wrapped-key.ts';
import type { Vault } from '../../../../lib/vault/vault.ts';
import { toAppError } from '../../../../lib/errors.ts';

/** The person knows both, and has set one of them. */
export const passphrases = ['correct horse battery', 'another long phrase'] as const;

/** Web Crypto whose PBKDF2 goes once round. */
export const quickCrypto: SubtleCrypto = new Proxy(crypto.subtle, {
  get(target, name) {
    const method = Reflect.get(target, name) as (...inputs: unknown[]) => Promise<unknown>;
    return (...inputs: unknown[]) => {
      const [parameters, ...rest] = inputs;
      return name === 'deriveBits' && typeof parameters === 'object'
        ? method.call(target, { ...parameters, iterations: 1 }, ...rest)
        : method.apply(target, inputs);
    };
  },
});

/** Runs what needs the passphrase with the one that is set. */
export async function withEither<T>(work: (passphrase: string, other: string) => Promise<T>): Promise<T> {
  const [one, other] = passphrases;
  return work(one, other).catch((failure: unknown) => {
    if (toAppError(failure).code !== 'wrong_passphrase') throw failure;
    return work(other, one);
  });
}

/** The data key as it lies in session storage while the vault is unlocked; undefined where there is no passphrase. */
export async function findKeyBytes(vault: Vault): Promise<string | undefined> {
  const wrapped = await vault.key.findWrapped();
  return (
    wrapped && encodeBase64(await withEither((passphrase) => unwrapKey(quickCrypto, wrapped, passphrase)))
  );
}
