import type { Random } from '../ports.ts';

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

export const random: Random = {
  // 256 bits as hexadecimal digits, which every service takes.
  token: () => Array.from(randomBytes(32), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  id: () => crypto.randomUUID(),
  fraction: () => Math.random(),
};
