/** PBKDF2 takes a second by design; with one round it does the same otherwise. */
export function hurryPassphrases(crypto: SubtleCrypto): SubtleCrypto {
  const deriveBits: SubtleCrypto['deriveBits'] = (parameters, ...rest) =>
    crypto.deriveBits({ ...(parameters as Pbkdf2Params), iterations: 1 }, ...rest);
  return new Proxy(crypto, {
    get(target, name) {
      if (name === 'deriveBits') return deriveBits;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
