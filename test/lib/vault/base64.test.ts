import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../lib/vault/base64.ts';

it('writes any bytes as others do, and reads them back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
    }),
  );
});

it('writes more bytes than a call has room for arguments', () => {
  const bytes = new Uint8Array(1_000_000).fill(7);
  expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
});

it.each(['A', 'AA', 'AAA', 'AAAA ', ' AAAA', 'AA=', 'AB==', '-_-_', 'é'])('refuses %j', (text) => {
  expect(() => decodeBase64(text)).toThrow('bad_input');
});
