/**
 * Tokens that a service gave and storage would not take. They replace ones that may be dead already, so they are kept in
 * memory and tried again for as long as this context lives; the mark of the renewal stays in the vault for what comes after.
 */
import { toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { PreparedSeal } from '../vault/encryption.ts';
import type { Grant } from '../vault/schema.ts';
import type { Grants } from './grants.ts';

/** What the vault holds, and what it should. */
interface Unsaved {
  readonly before: Grant;
  readonly after: Grant;
  /** What its tokens are sealed with. */
  readonly seal: PreparedSeal;
}

export interface UnsavedGrants {
  find(account: string): Grant | undefined;
  /** Puts `after` in its place, or remembers it and goes on trying. */
  save(unsaved: Unsaved): Promise<Grant | 'superseded'>;
  /** Tries once more, under the account's lock; undefined where there is nothing to be saved. */
  saveAgain(account: string): Promise<Grant | 'superseded' | undefined>;
  /** Something newer is in the vault. */
  forget(account: string): void;
}

const firstWait = 1000;
/** Chromium stops a worker that asked the browser nothing for 30 s. */
const longestWait = 20_000;
/** About a quarter of an hour; after that each use and each alarm tries once more. */
const tries = 45;

export function createUnsavedGrants(
  { clock, locks, log }: Pick<Ports, 'clock' | 'locks' | 'log'>,
  grants: Pick<Grants, 'replace'>,
  /** Called before each wait; whatever keeps a worker awake, or wakes another. */
  stayAwake: () => Promise<void>,
  /** Called when what nobody waits for any more is saved at last. */
  onSaved: () => Promise<void>,
): UnsavedGrants {
  const unsaved = new Map<string, Unsaved>();

  /** @returns the grant in force, in memory alone where it could not be saved. */
  async function save({ before, after, seal }: Unsaved): Promise<Grant | 'superseded'> {
    const { account } = after;
    try {
      const saved = await grants.replace(before, after, seal);
      unsaved.delete(account);
      return saved ?? 'superseded';
    } catch (failure) {
      log.warn('new tokens not saved', { code: toAppError(failure).code });
      const isFirst = !unsaved.has(account);
      unsaved.set(account, { before, after, seal });
      if (isFirst) void keepTrying(account);
      return after;
    }
  }

  async function saveAgain(account: string) {
    const found = unsaved.get(account);
    return found && save(found);
  }

  async function keepTrying(account: string): Promise<void> {
    let wait = firstWait;
    for (let attempt = 0; attempt < tries && unsaved.has(account); attempt += 1) {
      await stayAwake().catch(() => undefined);
      await clock.sleep(wait);
      wait = Math.min(longestWait, wait * 2);
      await locks.run(`grant:${account}`, () => saveAgain(account));
    }
    if (!unsaved.has(account)) await onSaved();
  }

  return {
    find: (account) => unsaved.get(account)?.after,
    save,
    saveAgain,
    forget: (account) => void unsaved.delete(account),
  };
}
