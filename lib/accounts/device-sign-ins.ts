/**
 * Sign-ins by a code that the person takes to another page or device. They last up to an hour, so what is under way lies
 * sealed in the vault: any worker goes on with it, for a view that is open or for the alarm.
 */
import * as z from 'zod/mini';
import { AppError, type ErrorCode, isTryLater, toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { features } from '../providers/provider.ts';
import type { PreparedSeal } from '../vault/encryption.ts';
import type { PendingSignIn } from '../vault/schema.ts';
import { identityOf } from '../vault/sealed-places.ts';
import type { Vault } from '../vault/vault.ts';
import type { AccountState } from './accounts.ts';
import type { Engines, SignedIn } from './engines/index.ts';
import { getProvider, type Registrations } from './registrations.ts';
import { clampTime } from './timing.ts';

export const deviceAlarm = 'device-sign-in';

/** Chromium rings no alarm sooner. */
const soonestRing = 30_000;
/** RFC 8628 section 3.5. */
const slowDownBy = 5000;
/** Where the service can't be reached, the wait doubles up to this. */
const longestWait = 60_000;

/** What the person has to do, and until when (UTC ms). */
export interface DeviceWait {
  readonly state: 'waiting';
  readonly userCode: string;
  readonly page: string;
  readonly pageWithCode: string | undefined;
  readonly expiresAt: number;
  /** When to ask next. */
  readonly pollAt: number;
  /** Why the service could not be asked the last time. */
  readonly trouble: ErrorCode | undefined;
}

export type DeviceState =
  DeviceWait | { readonly state: 'none' } | { readonly state: 'signed_in'; readonly account: AccountState };

export interface DeviceSignIns {
  /** Fetches a code; one that was there before is forgotten. @throws AppError */
  begin(provider: string): Promise<DeviceWait>;
  /**
   * How it stands; asks the service when it is time.
   * @throws AppError when it came to its end: refused, expired, or what the service said.
   */
  check(provider: string): Promise<DeviceState>;
  /** Forgets the code. An answer that is on its way is thrown away. */
  cancel(provider: string): Promise<void>;
  /** Services for which a code is under way. */
  list(): Promise<string[]>;
  /** Sets the alarm for the next question, or takes it away. */
  setAlarm(): Promise<void>;
}

const code = z.object({
  deviceCode: z.string(),
  userCode: z.string(),
  page: z.string(),
  pageWithCode: z.optional(z.string()),
});
type Code = z.output<typeof code>;
type Timing = NonNullable<PendingSignIn['device']>;

export function createDeviceSignIns(
  ports: Pick<Ports, 'clock' | 'locks' | 'alarms'>,
  vault: Vault,
  {
    registrations,
    engines,
    adopt,
  }: {
    readonly registrations: Registrations;
    readonly engines: Engines;
    readonly adopt: (provider: string, signedIn: SignedIn, seal: PreparedSeal) => Promise<AccountState>;
  },
): DeviceSignIns {
  const { clock, locks, alarms } = ports;
  const { signIns } = vault.store;

  async function flowOf(provider: string) {
    const client = await registrations.client(getProvider(provider));
    return { client, flow: engines(client).device?.(client) };
  }

  async function listPending(): Promise<(PendingSignIn & { readonly device: Timing })[]> {
    return (await signIns.list()).flatMap(({ device, ...rest }) =>
      device === undefined ? [] : [{ ...rest, device }],
    );
  }

  async function find(provider: string) {
    const pending = await signIns.find(provider);
    const { device } = pending ?? {};
    if (pending === undefined || device === undefined) return undefined;
    const text = await vault.open(pending.state, identityOf.deviceSignIn(provider));
    return { pending, device, code: code.parse(JSON.parse(text)) };
  }

  async function keep(pending: PendingSignIn, device: Timing): Promise<void> {
    await signIns.put({ ...pending, device });
    await setAlarm();
  }

  async function forget(provider: string): Promise<void> {
    await signIns.remove(provider);
    await setAlarm();
  }

  async function setAlarm(): Promise<void> {
    const due = (await listPending()).map(({ device }) => device.pollAt);
    if (due.length === 0) await alarms.clear(deviceAlarm);
    else await alarms.set(deviceAlarm, Math.max(clock.now() + soonestRing, Math.min(...due)));
  }

  const toWait = (
    { userCode, page, pageWithCode }: Code,
    device: Timing,
    trouble?: ErrorCode,
  ): DeviceWait => ({
    state: 'waiting',
    userCode,
    page,
    pageWithCode,
    expiresAt: device.expiresAt,
    pollAt: device.pollAt,
    trouble,
  });

  async function begin(provider: string): Promise<DeviceWait> {
    const { client, flow } = await flowOf(provider);
    if (flow === undefined) throw new AppError('bad_input', { field: 'provider' });
    if (client.clientSecret === '') throw new AppError('device_needs_secret', { field: 'clientSecret' });
    // All rights at once: another code for each further right would be a nuisance.
    const { expiresInSeconds, intervalSeconds, ...codes } = await flow.begin(features);
    const now = clock.now();
    const intervalMs = clampTime(intervalSeconds * 1000);
    const expiresAt = clampTime(now + expiresInSeconds * 1000);
    const device = { expiresAt, pollAt: clampTime(now + intervalMs), intervalMs };
    const state = await vault.seal(JSON.stringify(codes), identityOf.deviceSignIn(provider));
    await keep({ provider, state, startedAt: now }, device);
    return toWait(codes, device);
  }

  /** Asks the service, and says what is to be kept of the wait; undefined once it signed the person in. */
  async function ask(provider: string, { deviceCode }: Code, { intervalMs }: Timing) {
    const { flow } = await flowOf(provider);
    if (flow === undefined) throw new AppError('device_code_expired');
    try {
      const answer = await flow.poll(deviceCode);
      if (answer === 'waiting') return { intervalMs };
      if (answer === 'slow_down') return { intervalMs: intervalMs + slowDownBy };
      return { signedIn: answer };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (!isTryLater(error)) throw error;
      return { intervalMs: Math.min(longestWait, intervalMs * 2), trouble: error.code };
    }
  }

  /** True unless it was cancelled or begun anew meanwhile. The vault may be locked by then, so nothing is opened. */
  async function isCurrent({ provider, startedAt }: PendingSignIn): Promise<boolean> {
    return (await signIns.find(provider))?.startedAt === startedAt;
  }

  async function checkOnce(provider: string): Promise<DeviceState> {
    const found = await find(provider);
    if (found === undefined) return { state: 'none' };
    const { pending, device } = found;
    if (clock.now() >= device.expiresAt) {
      await forget(provider);
      throw new AppError('device_code_expired');
    }
    if (clock.now() < device.pollAt) return toWait(found.code, device);
    // The vault may be locked while the answer is on its way, and the code is spent then.
    const seal = await vault.prepareSeal();
    try {
      const { signedIn, intervalMs, trouble } = await ask(provider, found.code, device);
      if (!(await isCurrent(pending))) return { state: 'none' };
      if (signedIn === undefined) {
        const next = { ...device, intervalMs, pollAt: clock.now() + intervalMs };
        await keep(pending, next);
        return toWait(found.code, next, trouble);
      }
      const account = await adopt(provider, signedIn, seal);
      await forget(provider);
      return { state: 'signed_in', account };
    } catch (failure) {
      // Locked before it could be asked: the code is good still.
      if (toAppError(failure).code === 'vault_locked') throw failure;
      if (!(await isCurrent(pending))) return { state: 'none' };
      await forget(provider);
      throw failure;
    }
  }

  return {
    begin,
    check: (provider) => locks.run(`device:${provider}`, () => checkOnce(provider)),
    cancel: forget,
    list: async () => (await listPending()).map(({ provider }) => provider),
    setAlarm,
  };
}
