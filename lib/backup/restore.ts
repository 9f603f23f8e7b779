/** Restoring a backup: looked at first, then written as one. Nothing of it stays where anything goes wrong. */
import { noteBindings } from '../accounts/binding.ts';
import { AppError } from '../errors.ts';
import { type Journal, markOpen } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import type { PreparedSeal } from '../vault/encryption.ts';
import type { Vault } from '../vault/vault.ts';
import type { BackupContent } from './content.ts';
import { type PersonalRecords, readHoldings } from './holdings.ts';
import {
  choose,
  type ComparedKind,
  comparedKinds,
  makePlan,
  type Plan,
  type RestoreChoice,
} from './plan/make-plan.ts';
import type { JournalPlace } from './plan/plan-journal.ts';
import type { BackupKind } from '../actions/backup.ts';
import { makeRecords, type RestoredCounts, type RestoredRecords } from './restored-records.ts';

/** Each is written as a whole or not at all; what else changes them meanwhile makes a plan out of date. */
const comparedStores = ['registrations', 'accounts', 'grants', 'settings', 'people'] as const;

/** The browser answers so many questions of a transaction side by side. */
const batch = 500;
/** Others may write meanwhile, e.g. a renewal, each time for a moment. */
const mostTries = 10;

export interface Restored {
  readonly kinds: Readonly<Record<BackupKind, { readonly added: number; readonly changed: number }>>;
  readonly unsigned: RestoredCounts['unsigned'];
  readonly ended: RestoredCounts['ended'];
}

export interface Restorer {
  /** @throws AppError `vault_locked`, `vault_broken`. */
  plan(content: BackupContent): Promise<Plan>;
  /** @throws AppError `vault_locked`, `vault_broken`, `vault_busy` (others write all the time); nothing is changed then. */
  restore(content: BackupContent, choice: RestoreChoice): Promise<Restored>;
}

function countKinds(
  plan: Plan,
  choice: RestoreChoice,
  { signIns, entries }: { readonly signIns: RestoredCounts['signIns']; readonly entries: number },
): Restored['kinds'] {
  // Each kind has a type of its own, which counting does not need.
  const count = (kind: ComparedKind) => {
    const { added, changed } = choose<unknown>(kind, plan[kind], choice);
    return [kind, { added: added.length, changed: changed.length }] as const;
  };
  const counted = Object.fromEntries(comparedKinds.map(count)) as Record<
    ComparedKind,
    Restored['kinds'][BackupKind]
  >;
  return { ...counted, signIns, journal: { added: entries, changed: 0 } };
}

export function createRestorer(
  ports: Pick<Ports, 'clock' | 'random'>,
  vault: Vault,
  journal: Pick<Journal, 'all'>,
  personal: PersonalRecords,
): Restorer {
  /** By id, lowest first. */
  async function readPlaces(): Promise<JournalPlace[]> {
    const places: JournalPlace[] = [];
    for await (const { id, at, request } of journal.all({})) places.push({ id, at, request });
    return places.reverse();
  }

  const readStores = () =>
    vault.database.use(async (database) =>
      JSON.stringify(await Promise.all(comparedStores.map((name) => database.getAll(name)))),
    );

  /** @returns false, with nothing written, when what is there is not what was read before. */
  async function write(before: string, records: RestoredRecords, seal: PreparedSeal): Promise<boolean> {
    let isSame = false;
    await vault.write([...comparedStores, 'journal', 'keys'], async (transaction) => {
      const now = await Promise.all(comparedStores.map((name) => transaction.objectStore(name).getAll()));
      isSame = JSON.stringify(now) === before;
      if (!isSame) return;
      await seal.keepKey(transaction.objectStore('keys'));
      await noteBindings(transaction, records.formerBindings);
      // A damaged record of the same person can't be read, and must not stand in the way.
      const accounts = transaction.objectStore('accounts');
      for (const { id, provider, subject } of records.accounts) {
        const former = await accounts.index('subject').getKey([provider, subject]);
        if (former === undefined || former === id) continue;
        await accounts.delete(former);
        await transaction.objectStore('grants').delete(former);
      }
      for (const name of ['registrations', 'accounts', 'grants', 'settings'] as const) {
        // TypeScript does not follow the name to the records of its store.
        const put = (record: unknown) => transaction.objectStore(name).put(record as never);
        await Promise.all(records[name].map(put));
      }
      const people = transaction.objectStore('people');
      // Numbers may change hands in one go, so the old entries make room first.
      for (const { id } of records.people) await people.delete(id);
      for (const person of records.people) await people.put(person);
      const entries = transaction.objectStore('journal');
      for (let at = 0; at < records.journal.length; at += batch)
        await Promise.all(
          records.journal.slice(at, at + batch).map(async (entry) => {
            const known = await entries.index('request').getKey(entry.request);
            if (known === undefined) await entries.add(markOpen(entry));
          }),
        );
    });
    return isSame;
  }

  async function look(content: BackupContent) {
    const before = await readStores();
    const mine = await readHoldings(vault, personal);
    return { before, mine, plan: makePlan(mine, await readPlaces(), content, personal) };
  }

  return {
    plan: async (content) => (await look(content)).plan,

    async restore(content, choice) {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const { before, mine, plan } = await look(content);
        const input = { mine, theirs: content, plan, choice };
        const seal = await vault.prepareSeal();
        const { records, counts } = await makeRecords(ports, seal.seal, personal, input);
        const { signIns, ...people } = counts;
        if (await write(before, records, seal))
          return { kinds: countKinds(plan, choice, { signIns, entries: records.journal.length }), ...people };
      }
      throw new AppError('vault_busy');
    },
  };
}
