/** Diagnostics: one look through the vault, the alarms and what the browser allows. Whatever can't be read keeps nothing else from being told. */
import type { Accounts } from '../accounts/accounts.ts';
import { listAddresses, type Registrations } from '../accounts/registrations.ts';
import { never } from '../accounts/timing.ts';
import type { ActionContext } from '../actions/context.ts';
import type { HealthFacts } from '../actions/health.ts';
import { type ErrorCode, toAppError } from '../errors.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import { concealValue } from '../lookup/secrets.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import { providers } from '../providers/index.ts';
import type { Grant } from '../vault/schema.ts';
import { inspectVault, removeSetAside, type SetAside } from '../vault/inspect.ts';
import type { Vault } from '../vault/vault.ts';
import { buildReport } from './health-report.ts';
import { apiHosts } from './hosts.ts';

/** Failures looked at. */
const newestFailures = 200;
/** Characters of a record that can't be read; enough to see what it was. */
const longestText = 2000;

type HealthPorts = Pick<Ports, 'alarms' | 'clock' | 'environment' | 'permissions' | 'shell' | 'translate'>;

export interface HealthParts {
  readonly accounts: Pick<Accounts, 'list'>;
  readonly journal: Pick<Journal, 'page'>;
  readonly outbox: Pick<Outbox, 'list'>;
  readonly registrations: Pick<Registrations, 'find'>;
  readonly vault: Vault;
}

/** Bytes and keys say what they are and no more. */
const toPlain = (_name: string, value: unknown): unknown => {
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  return value instanceof CryptoKey ? '[key]' : value;
};

function viewSetAside({ store, key, value }: SetAside): HealthFacts['setAside'][number] {
  // Through JSON first, so that all of it is plain data.
  const plain = JSON.parse(JSON.stringify({ value }, toPlain)) as { readonly value?: unknown };
  const text = JSON.stringify({ value: concealValue(plain.value) }, undefined, 2);
  return { store, key, text: text.slice(0, longestText) };
}

function countErrors(failures: readonly Pick<JournalEntry, 'code' | 'at' | 'message'>[]) {
  const counts = new Map<ErrorCode, HealthFacts['errors'][number]>();
  for (const { code = 'internal', at, message = '' } of failures) {
    const { count, ...last } = counts.get(code) ?? { code, count: 0, lastAt: -Infinity, message };
    counts.set(code, { ...last, ...(at > last.lastAt ? { lastAt: at, message } : {}), count: count + 1 });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count);
}

export function createHealth(
  { alarms, clock, environment, permissions, shell, translate }: HealthPorts,
  { accounts, journal, outbox, registrations, vault }: HealthParts,
): ActionContext['health'] {
  async function listAccounts(): Promise<HealthFacts['accounts']> {
    const [states, grants] = await Promise.all([accounts.list(), vault.store.grants.list()]);
    const byAccount = new Map<string, Grant>(grants.map((grant) => [grant.account, grant]));
    return states.map(({ account, provider, health }) => {
      const { writtenAt, signedInAt, attempts = 0, dueAt = never } = byAccount.get(account.id) ?? {};
      return {
        name: account.name,
        provider: provider.id,
        service: provider.title,
        state: health.state,
        trouble: 'trouble' in health ? health.trouble : undefined,
        refreshedAt: writtenAt ?? signedInAt,
        failures: attempts,
        dueAt: dueAt < never && health.state !== 'needs_sign_in' ? dueAt : undefined,
      };
    });
  }

  /** The hosts that requests go to: those of the tables, and those that the person typed. */
  async function listHosts(): Promise<{ readonly pattern: string; readonly isTyped: boolean }[]> {
    const saved = await Promise.all(
      providers.map((provider) => registrations.find(provider).catch(() => undefined)),
    );
    const preset = apiHosts.map((host) => `https://${host}/*`);
    const typed = saved
      .flatMap((client) => (client === undefined ? [] : listAddresses(client)))
      .filter((address) => URL.canParse(address))
      .map((address) => new URL(address))
      .map(({ protocol, hostname }) => `${protocol}//${hostname}/*`);
    return [
      ...preset.map((pattern) => ({ pattern, isTyped: false })),
      ...[...new Set(typed)]
        .filter((pattern) => !preset.includes(pattern))
        .map((pattern) => ({ pattern, isTyped: true })),
    ];
  }

  async function listMissingHosts(): Promise<NonNullable<HealthFacts['missingHosts']>> {
    const hosts = await listHosts();
    const isAllowed = await Promise.all(hosts.map(({ pattern }) => permissions.mayReach(pattern)));
    const missing = hosts
      .filter((_host, index) => isAllowed[index] === false)
      .map((host) => ({ ...host, host: host.pattern.replace(/^\w+:\/\/|\/\*$/g, '') }));
    // Where registrations can't be read, the hosts that the person typed were not looked at: none missing is not known.
    if (missing.length === 0) await vault.store.registrations.list();
    return missing;
  }

  async function listFailures() {
    const [failed, unknown] = await Promise.all(
      (['failed', 'unknown'] as const).map((outcome) => journal.page({ outcome }, newestFailures)),
    );
    // Nothing failed where the person took a thing back.
    const wentWrong = failed?.entries.filter(({ code }) => code !== 'taken_back') ?? [];
    return countErrors([...wentWrong, ...(unknown?.entries ?? [])]);
  }

  async function countOutbox() {
    const entries = await outbox.list();
    const sending = entries.filter(({ state }) => state === 'sending').length;
    return { sending, waiting: entries.length - sending };
  }

  async function readFacts(): Promise<HealthFacts> {
    const troubles = new Map<ErrorCode, string>();
    /** What can't be looked at is told once, and its place left empty. */
    const look = <T>(work: () => Promise<T>, empty: T): Promise<T> =>
      work().catch((thrown: unknown) => {
        const { code, params } = toAppError(thrown);
        troubles.set(code, translate(`error_${code}`, params));
        return empty;
      });
    const [database, key, inspection, storage, rows, rung, requestRules, missingHosts, waiting, errors] =
      await Promise.all([
        look(async () => (await vault.database.get()).version, undefined),
        look(() => vault.key.state(), undefined),
        look(() => inspectVault(vault.database), { stores: [], setAside: [], setAsideCount: 0 }),
        look(() => environment.storage(), { used: undefined, quota: undefined, isPersisted: false }),
        look(listAccounts, []),
        look(() => alarms.list(), []),
        look(() => environment.requestRules(), []),
        look(listMissingHosts, undefined),
        look(countOutbox, { waiting: 0, sending: 0 }),
        look(listFailures, []),
      ]);
    return {
      at: clock.now(),
      version: environment.version,
      browser: environment.browser,
      vaultVersion: database,
      key,
      troubles: [...troubles].map(([code, message]) => ({ code, message })),
      stores: [...inspection.stores],
      setAside: inspection.setAside.map(viewSetAside),
      setAsideCount: inspection.setAsideCount,
      storage,
      accounts: rows,
      alarms: [...rung].sort((one, other) => one.at - other.at),
      requestRules: [...requestRules],
      missingHosts,
      outbox: waiting,
      errors,
    };
  }

  return {
    async read() {
      const facts = await readFacts();
      return { facts, report: buildReport(facts) };
    },
    async removeRecord(store, key) {
      await removeSetAside(vault.database, store, key);
      for (const topic of ['accounts', 'services', 'journal', 'outbox', 'people', 'settings'] as const)
        shell.announce(topic);
    },
  };
}
