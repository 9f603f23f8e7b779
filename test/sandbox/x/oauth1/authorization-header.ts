/** `Authorization: OAuth name="value", ...` (RFC 5849 section 3.5.1). */
import { percentEncode } from './signature.ts';

/** Names with decoded values, without realm; undefined when it is another scheme, malformed or repeats a name. */
export function findOAuthParameters(header: string | undefined): Map<string, string> | undefined {
  const list = /^OAuth\s+(.+)$/i.exec(header ?? '')?.[1];
  if (list === undefined) return undefined;
  const parameters = new Map<string, string>();
  for (const part of list.split(',')) {
    const [, name, raw] = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(part) ?? [];
    const value = findDecoded(raw);
    if (name === undefined || value === undefined || parameters.has(name)) return undefined;
    parameters.set(name, value);
  }
  parameters.delete('realm');
  return parameters;
}

/** The text, when it is encoded as section 3.6 wants it, to the letter. */
function findDecoded(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  try {
    const value = decodeURIComponent(raw);
    return percentEncode(value) === raw ? value : undefined;
  } catch {
    return undefined;
  }
}
