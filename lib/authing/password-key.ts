/** Which key passwords are encrypted with: the person's own, the server's, or that of the vendor's cloud. */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { builtInKey } from './built-in-key.ts';
import { parseRsaPublicKey, type RsaPublicKey } from './rsa-public-key.ts';

/** Ids of the settings that decide. */
export const keySettings = { source: 'passwordKey', pasted: 'publicKey' } as const;
export const keySources = ['server', 'built-in'] as const;

const wellKnown = z.object({ data: z.object({ publicKey: z.string() }) });

/**
 * The pasted key comes before the choice of the others.
 * @param call sends a request and gives the JSON body.
 * @throws AppError `bad_answer` for a server that does not tell its key, and what `call` throws.
 */
export async function findPasswordKey(
  call: (request: Request) => Promise<unknown>,
  { api, settings }: { readonly api: string; readonly settings: Readonly<Record<string, string>> },
): Promise<RsaPublicKey> {
  const pasted = settings[keySettings.pasted] ?? '';
  if (pasted !== '') return parseRsaPublicKey(pasted, keySettings.pasted);
  if (settings[keySettings.source] === 'built-in') return parseRsaPublicKey(builtInKey, keySettings.pasted);
  const answer = z.safeParse(wellKnown, await call(new Request(`${api}/api/v2/.well-known`)));
  if (!answer.success) throw new AppError('bad_answer', { cause: answer.error });
  return parseRsaPublicKey(answer.data.data.publicKey, keySettings.pasted);
}
