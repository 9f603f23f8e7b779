/** Bytes as base64 (RFC 4648 section 4). `Uint8Array.fromBase64` does this in the browsers of today, but not in Node 24. */
import { AppError } from '../errors.ts';

/** Letters made in one go; a call can't take as many arguments as a large file has bytes. */
const chunk = 0x8000;

export function encodeBase64(bytes: Uint8Array): string {
  let letters = '';
  for (let at = 0; at < bytes.length; at += chunk)
    letters += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(letters);
}

/** @throws AppError `bad_input` for what {@link encodeBase64} would never have made. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  let letters: string;
  try {
    letters = atob(text);
  } catch (cause) {
    throw new AppError('bad_input', { cause });
  }
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  // Spaces, missing padding and stray bits at the end are read by `atob`: one content would have many texts.
  if (btoa(letters) !== text) throw new AppError('bad_input');
  return bytes;
}
