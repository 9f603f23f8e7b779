import { describe, expect, it } from 'vitest';
import { findProvider, providers } from '../../../lib/providers/index.ts';

describe('the table of providers', () => {
  it('knows each by one id and one title', () => {
    expect(new Set(providers.map(({ id }) => id)).size).toBe(providers.length);
    expect(new Set(providers.map(({ title }) => title)).size).toBe(providers.length);
    for (const provider of providers) expect(findProvider(provider.id)).toBe(provider);
  });

  it.each(['', 'constructor', '__proto__', 'SteemLogin'])('does not know %j', (id) => {
    expect(findProvider(id)).toBeUndefined();
  });
});
