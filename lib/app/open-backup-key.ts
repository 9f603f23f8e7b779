/**
 * The key of the backup that is being looked at, until it is restored: so nobody keeps its passphrase, and the worker may
 * be stopped while the person reads. It lies in session storage, as the vault's own key does while that is unlocked.
 */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { decodeBase64, encodeBase64 } from '../vault/base64.ts';

/** Rings when the key is of no more use, so that it stays nowhere when nobody asks for it. */
export const backupKeyAlarm = 'backup-key';

const sessionKey = 'backup-key';
/** How long a person may look at a backup before they restore it, in ms. */
const lifetime = 30 * 60_000;

const kept = z.object({
  /** Of the file that the key is for. */
  salt: z.base64(),
  key: z.base64(),
  /** UTC ms. */
  until: z.number(),
});

export interface OpenBackupKey {
  /** @param salt of the file. */
  keep(salt: Uint8Array, key: Uint8Array): Promise<void>;
  /** @throws AppError `backup_open_again` where there is none for this file, or none any more. */
  get(salt: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  forget(): Promise<void>;
}

export function createOpenBackupKey({
  session,
  clock,
  alarms,
}: Pick<Ports, 'session' | 'clock' | 'alarms'>): OpenBackupKey {
  const forget = async () => {
    await session.set(sessionKey, undefined);
    await alarms.clear(backupKeyAlarm);
  };
  return {
    async keep(salt, key) {
      const until = clock.now() + lifetime;
      await alarms.set(backupKeyAlarm, until);
      await session.set(sessionKey, { salt: encodeBase64(salt), key: encodeBase64(key), until });
    },
    async get(salt) {
      const found = kept.safeParse(await session.get(sessionKey));
      const left = found.success ? found.data.until - clock.now() : 0;
      // A clock that was set back makes no key live longer; and one that is of no more use stays nowhere.
      if (left <= 0 || left > lifetime) await forget();
      if (!found.success || found.data.salt !== encodeBase64(salt) || left <= 0 || left > lifetime)
        throw new AppError('backup_open_again', { field: 'file' });
      return decodeBase64(found.data.key);
    },
    forget,
  };
}
