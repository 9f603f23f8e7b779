/** Backups as Options makes, looks at and restores them. */
import { backupKinds } from '../actions/backup.ts';
import type { ActionContext } from '../actions/context.ts';
import { deriveBackupKey, openBackup, readBackupFile, sealBackup } from '../backup/backup-file.ts';
import { type BackupContent, parseContent } from '../backup/content.ts';
import { assertUnlocked, type HeldAccount, readHoldings } from '../backup/holdings.ts';
import { makeContent } from '../backup/make-content.ts';
import { createRestorer } from '../backup/restore.ts';
import { toAppError } from '../errors.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import { type Ports, type Topic } from '../ports.ts';
import { findProvider } from '../providers/index.ts';
import type { Vault } from '../vault/vault.ts';
import { customLookupsRecord } from './custom-lookups.ts';
import { createOpenBackupKey } from './open-backup-key.ts';
import { settingsRecord } from './settings.ts';
import { viewBackupPlan } from './view-backup-plan.ts';

const personal = { settings: settingsRecord, lookups: customLookupsRecord };
/** What may be other than before when a backup was restored. */
const changedTopics: readonly Topic[] = ['services', 'accounts', 'journal', 'settings', 'people'];

type DeskPorts = Pick<
  Ports,
  | 'crypto'
  | 'randomBytes'
  | 'clock'
  | 'random'
  | 'session'
  | 'alarms'
  | 'shell'
  | 'log'
  | 'translate'
  | 'permissions'
>;

function viewLeft({ account, fate }: HeldAccount) {
  if (fate === 'lasting') return [];
  const service = findProvider(account.provider)?.title ?? account.provider;
  return [{ name: account.name, service, reason: fate }];
}

/** @param onRestored sets what follows from accounts: the alarm of their renewals, the badge. */
export function createBackupDesk(
  ports: DeskPorts,
  vault: Vault,
  journal: Pick<Journal, 'all'>,
  onRestored: () => Promise<void>,
): ActionContext['backup'] {
  const { crypto, clock, shell, log } = ports;
  const restorer = createRestorer(ports, vault, journal, personal);
  const openKey = createOpenBackupKey(ports);
  const note = (failure: unknown) => log.warn('after a restore', { code: toAppError(failure).code });

  async function readJournal(): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    for await (const entry of journal.all({})) entries.push(entry);
    return entries.reverse();
  }

  return {
    async offer() {
      const { services, accounts, people, lookups } = await readHoldings(vault, personal);
      return {
        services: services.length,
        secrets: services.filter(
          ({ clientSecret, secrets }) => clientSecret !== undefined || Object.keys(secrets).length > 0,
        ).length,
        accounts: accounts.length,
        lookups: lookups.length,
        people: people.length,
        journal: await vault.database.use((database) => database.count('journal')),
        signIns: accounts.filter(({ fate }) => fate === 'lasting').length,
        left: accounts.flatMap(viewLeft),
      };
    },

    async make({ passphrase, ...choice }) {
      const holdings = await readHoldings(vault, personal);
      const content = makeContent(holdings, choice.journal ? await readJournal() : [], choice, clock.now());
      const day = new Date(content.madeAt).toISOString().slice(0, 10);
      return {
        name: `latchkey-backup-${day}.json`,
        text: await sealBackup(ports, JSON.stringify(content), passphrase),
      };
    },

    async read(text, passphrase) {
      // Before the work for the key: a locked vault could not be compared with.
      await assertUnlocked(vault);
      const file = await readBackupFile(crypto, text);
      const key = await deriveBackupKey(crypto, file, passphrase);
      const content: BackupContent = parseContent(await openBackup(crypto, file, key));
      const plan = await restorer.plan(content);
      await openKey.keep(file.salt, key);
      return viewBackupPlan(ports, plan, content);
    },

    async restore({ file: text, ...choice }) {
      await assertUnlocked(vault);
      const file = await readBackupFile(crypto, text);
      const content = parseContent(await openBackup(crypto, file, await openKey.get(file.salt)));
      const { kinds, ...accounts } = await restorer.restore(content, choice);
      // It is written: what follows can't undo that, and must not make it look undone.
      await openKey.forget().catch(note);
      for (const topic of changedTopics) shell.announce(topic);
      await onRestored().catch(note);
      return { kinds: backupKinds.map((kind) => ({ kind, ...kinds[kind] })), ...accounts };
    },

    close: () => openKey.forget(),
  };
}
