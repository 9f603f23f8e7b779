/**
 * The report of Diagnostics, to be pasted where others read it. It is built from closed lists and numbers alone: names of
 * people, hosts that a person typed, keys of records and texts of services never get in, whatever they hold.
 */
import type { HealthFacts } from '../actions/health.ts';
import { deviceAlarm } from '../accounts/device-sign-ins.ts';
import { refreshAlarm } from '../accounts/accounts.ts';
import { findProvider } from '../providers/index.ts';
import { storeNames } from '../vault/inspect.ts';
import { lockAlarm } from './lock.ts';
import { outboxAlarm } from '../outbox/outbox-alarm.ts';
import { startAlarm } from './start-rooms.ts';

/** More accounts than these are only counted. */
const accountsAtMost = 50;

const knownAlarms: ReadonlySet<string> = new Set([
  refreshAlarm,
  lockAlarm,
  deviceAlarm,
  outboxAlarm,
  startAlarm,
]);

/** A word of a closed list, or that it is none. */
const known = (word: string, list: readonly string[]) => (list.includes(word) ? word : 'other');

const toTime = (at: number | undefined) =>
  at === undefined || Number.isNaN(new Date(at).getTime()) ? 'none' : new Date(at).toISOString();

/** Browsers name themselves by a word and a number. */
const toBrowser = (text: string) => /^[A-Za-z]{1,20} [\d.]{1,30}$/.exec(text)?.[0] ?? 'unknown';
const toVersion = (text: string) => /^\d[\d.]{0,20}$/.exec(text)?.[0] ?? 'unknown';

function listAccounts(accounts: HealthFacts['accounts']): string[] {
  const rows = accounts.slice(0, accountsAtMost).map((account, index) => {
    const { provider, state, trouble, refreshedAt, failures, dueAt } = account;
    const service = findProvider(provider)?.id ?? 'other';
    const why = trouble === undefined ? '' : ` (${trouble})`;
    return `account ${index + 1}: ${service}, ${state}${why}, last written ${toTime(refreshedAt)}, failures ${failures}, due ${toTime(dueAt)}`;
  });
  const rest = accounts.length - rows.length;
  return rest > 0 ? [...rows, `and ${rest} more accounts`] : rows;
}

/** The hosts of the tables are no secret; those that a person typed are numbered. */
function listMissing(hosts: HealthFacts['missingHosts']): string[] {
  if (hosts === undefined) return ['unknown'];
  return hosts.map(({ host, isTyped }, index) => (isTyped ? `typed host ${index + 1}` : host));
}

function listSetAside(records: HealthFacts['setAside']): string[] {
  return records.map(({ store }, index) => `record ${index + 1} in ${known(store, storeNames)}`);
}

const join = (parts: readonly string[]) => (parts.length === 0 ? 'none' : parts.join('; '));

/** @returns lines of plain text. */
export function buildReport(facts: HealthFacts): string {
  const { storage, outbox, stores, alarms, requestRules, errors, troubles } = facts;
  return [
    `Latchkey ${toVersion(facts.version)}, ${toBrowser(facts.browser)}, vault ${facts.vaultVersion ?? 'unknown'}`,
    `at: ${toTime(facts.at)}`,
    `key: ${facts.key ?? 'unknown'}`,
    `not readable: ${join(troubles.map(({ code }) => code))}`,
    `stored: ${join(stores.map(({ store, count, bytes }) => `${known(store, storeNames)} ${count} (${bytes} bytes)`))}`,
    `set aside: ${facts.setAsideCount}; ${join(listSetAside(facts.setAside))}`,
    `storage: used ${storage.used ?? 'unknown'}, quota ${storage.quota ?? 'unknown'}, persisted ${storage.isPersisted}`,
    `outbox: waiting ${outbox.waiting}, sending ${outbox.sending}`,
    `alarms: ${join(alarms.map(({ name, at }) => `${known(name, [...knownAlarms])} ${toTime(at)}`))}`,
    `request rules: ${join(requestRules.map(({ name, isInstalled }) => `${name} ${isInstalled ? 'installed' : 'missing'}`))}`,
    `hosts not allowed: ${join(listMissing(facts.missingHosts))}`,
    `failures: ${join(errors.map(({ code, count, lastAt }) => `${code} ${count} (last ${toTime(lastAt)})`))}`,
    ...listAccounts(facts.accounts),
  ].join('\n');
}
