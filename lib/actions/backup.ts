/** Backups: made, looked at and restored from Options. The file is sealed; what is in it never comes out here. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';

const owners = ['options', 'internal'] as const;

export const backupKinds = [
  'services',
  'accounts',
  'signIns',
  'lookups',
  'settings',
  'people',
  'journal',
] as const;
const kind = z.enum(backupKinds);
export type BackupKind = z.output<typeof kind>;

/** Why a sign-in is left out of a backup, always or by default. */
export const signInReasons = ['rotating', 'bound', 'short', 'ended'] as const;

export const backupOffer = z.object({
  services: z.number(),
  /** Registrations that have a secret. */
  secrets: z.number(),
  accounts: z.number(),
  lookups: z.number(),
  people: z.number(),
  journal: z.number(),
  /** Sign-ins of which a copy harms nothing. */
  signIns: z.number(),
  /** The others. */
  left: z.array(z.object({ name: z.string(), service: z.string(), reason: z.enum(signInReasons) })),
});
export type BackupOffer = z.output<typeof backupOffer>;

export const offerBackup = defineAction({
  id: 'backup.offer',
  title: 'Tell what a backup made now would hold',
  senders: owners,
  input: z.object({}),
  output: backupOffer,
  run: async ({ backup }) => backup.offer(),
});

export const makeBackupInput = z.object({
  /** Of the backup, not of the vault. Kept nowhere. */
  passphrase: z.string(),
  /** Whether these go in: client secrets, sign-ins that can be copied, those that rotate, the Activity. */
  secrets: z.boolean(),
  signIns: z.boolean(),
  rotating: z.boolean(),
  journal: z.boolean(),
});
export const makeBackupOutput = z.object({ name: z.string(), text: z.string() });
export const makeBackup = defineAction({
  id: 'backup.make',
  title: 'Make a backup, sealed with a passphrase of its own',
  senders: owners,
  input: makeBackupInput,
  output: makeBackupOutput,
  run: async ({ backup }, input) => backup.make(input),
});

const shown = z.optional(z.string());

export const backupPreview = z.object({
  /** UTC ms. */
  madeAt: z.number(),
  kinds: z.array(
    z.object({
      kind,
      /** How many there are of each; what is refused can't be used here. */
      added: z.number(),
      same: z.number(),
      different: z.number(),
      refused: z.number(),
      /** Those that are different, as many as a page can show. */
      items: z.array(
        z.object({
          key: z.string(),
          label: z.string(),
          differences: z.array(z.object({ title: z.string(), mine: shown, theirs: shown })),
          /** Accounts here that have to sign in again once it is taken. */
          ends: z.optional(z.number()),
          /** Accounts of the backup that have to sign in unless it is taken. */
          misses: z.optional(z.number()),
        }),
      ),
      /** Names of those that are refused, as many as a page can show. */
      refusals: z.array(z.string()),
    }),
  ),
  /** Services that are new here and not where they usually are, each with its addresses. */
  elsewhere: z.array(z.string()),
  /** Accounts that come without a sign-in. */
  unsigned: z.number(),
  /** Match patterns of hosts that the browser has to be asked for, to use what is new. */
  hosts: z.array(z.string()),
});
export type BackupPreview = z.output<typeof backupPreview>;

export const readBackup = defineAction({
  id: 'backup.read',
  title: 'Open a backup and compare it with what is here; nothing is changed',
  senders: owners,
  /** `file`: the text of the file. */
  input: z.object({ file: z.string(), passphrase: z.string() }),
  output: backupPreview,
  run: async ({ backup }, { file, passphrase }) => backup.read(file, passphrase),
});

export const restoreBackupInput = z.object({
  /** The file that was read just now. */
  file: z.string(),
  /** Kinds of which nothing is taken. */
  leaveOut: z.array(kind),
  /** What is different here and is replaced: `<kind>:<key>`, or the kind alone for all of it. */
  take: z.array(z.string()),
});
export const restoreBackupOutput = z.object({
  kinds: z.array(z.object({ kind, added: z.number(), changed: z.number() })),
  /** Accounts that came without a sign-in that can be used here. */
  unsigned: z.number(),
  /** Accounts that were here and have to sign in again, since their service is another now. */
  ended: z.number(),
});
export type RestoreBackupOutput = z.output<typeof restoreBackupOutput>;
export const restoreBackup = defineAction({
  id: 'backup.restore',
  title: 'Take in what a backup holds, all that was chosen or nothing',
  senders: owners,
  input: restoreBackupInput,
  output: restoreBackupOutput,
  run: async ({ backup }, input) => backup.restore(input),
});

export const closeBackup = defineAction({
  id: 'backup.close',
  title: 'Forget the key of the backup that was read',
  senders: owners,
  input: z.object({}),
  output: z.object({}),
  run: async ({ backup }) => {
    await backup.close();
    return {};
  },
});
