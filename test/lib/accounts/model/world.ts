/** One account at one service, in a browser with two contexts that can die, a clock that people turn, and a bad network. */
import { type Accounts, createAccounts, refreshAlarm } from '../../../../lib/accounts/accounts.ts';
import { createRegistrations } from '../../../../lib/accounts/registrations.ts';
import { AppError, toAppError } from '../../../../lib/errors.ts';
import type { Http } from '../../../../lib/ports.ts';
import { createPassphrase, type Passphrase } from '../../../../lib/vault/passphrase.ts';
import { identityOf } from '../../../../lib/vault/sealed-places.ts';
import type { Grant } from '../../../../lib/vault/schema.ts';
import { createVault, type Vault } from '../../../../lib/vault/vault.ts';
import { createFakePorts } from '../../../fakes/create-fake-ports.ts';
import { follow } from '../../../headless/sandbox-app.ts';
import { SandboxClock } from '../../../sandbox/clock.ts';
import { Ledger } from './ledger.ts';
import { type DeathStep, MortalContext, type StepName } from './mortal-context.ts';
import { createModelService, type ModelService, type Rotation, toSandboxRequest } from './services.ts';
import { findKeyBytes, passphrases, quickCrypto } from './quick-passphrase.ts';

/** What happens to one call of the token endpoint. */
export type Fault = 'none' | 'not sent' | 'answer lost' | 'answer garbled' | 'busy';

/** Chromium rings no alarm sooner. */
const soonestAlarm = 30_000;
/** Under which the data key's bytes lie in session storage while the vault is unlocked. */
const unlockedKey = 'data-key';

interface Background {
  readonly context: MortalContext;
  readonly accounts: Accounts;
  readonly passphrase: Passphrase;
  /** The work of its start. */
  readonly started: Promise<void>;
}

interface Held {
  readonly grant: Grant;
  readonly refreshToken: string | undefined;
  readonly accessToken: string;
}

/** Everything a browser keeps while its workers come and go. */
export class World {
  readonly rotation: Rotation;
  readonly ledger: Ledger;
  readonly service: ModelService;
  /** Faults of the next token calls, in order; none when used up. */
  faults: Fault[] = [];
  /** How many turns of the event loop a token call waits before the service acts, and before its answer arrives. */
  turns: readonly [number, number] = [0, 0];
  /** So many more writes of tokens find room on the disk. */
  room = Infinity;
  readonly #serverClock = new SandboxClock();
  /** How far the person's clock is from the right time. */
  #skewMs = 0;
  readonly #ports = createFakePorts();
  readonly #vault = createVault(this.#ports);
  readonly #backgrounds: (Background | undefined)[] = [];
  #account = '';

  private constructor(rotation: Rotation) {
    this.rotation = rotation;
    this.service = createModelService(rotation, this.#serverClock);
    this.ledger = new Ledger(() => this.#serverClock.now());
  }

  static async create(rotation: Rotation): Promise<World> {
    const world = new World(rotation);
    const { context, accounts, passphrase } = world.wake(0);
    await passphrase.set(passphrases[0]);
    await world.#register(context);
    world.#account = (await accounts.signIn(world.service.registration.provider)).account.id;
    return world;
  }

  async #register(context: MortalContext): Promise<void> {
    const ports = this.#portsOf(context);
    await createRegistrations(ports, this.#vault).save(this.service.registration);
  }

  /** The id of the account as it was first signed in. */
  get account(): string {
    return this.#account;
  }

  /** Changes of the passphrase wait for each other. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    return navigator.locks.request('passphrase', work);
  }

  async unlock(): Promise<void> {
    await this.#alone(async () => {
      const bytes = await findKeyBytes(this.#vault);
      if (bytes !== undefined) await this.#ports.session.set(unlockedKey, bytes);
    });
  }

  #now = (): number => this.#serverClock.now() + this.#skewMs;

  #portsOf(context: MortalContext) {
    const http = this.#httpOf(context);
    const page = follow(http, { allows: this.service.person }, { person: undefined });
    return {
      ...this.#ports,
      http,
      crypto: context.cryptography(quickCrypto),
      locks: context.locks,
      clock: { now: this.#now, sleep: () => Promise.resolve() },
      random: { ...this.#ports.random, token: () => crypto.randomUUID().repeat(2).replaceAll('-', '') },
      identity: {
        redirectUrl: (path: string) => `https://latchkey.chromiumapp.org/${path}`,
        authorize: page,
      },
      alarms: {
        ...this.#ports.alarms,
        set: async (name: string, when: number) => {
          await context.step('alarm');
          await this.#ports.alarms.set(name, Math.max(when, this.#now() + soonestAlarm));
        },
      },
    };
  }

  #httpOf(context: MortalContext): Http {
    return async (request) => {
      await context.step('request');
      const asked = await toSandboxRequest(request);
      const fields = new URLSearchParams([...asked.query, ...new URLSearchParams(asked.body)]);
      const refreshToken = fields.get('grant_type') === 'refresh_token' ? fields.get('refresh_token') : null;
      const send = () => {
        const answer = this.service.answer(asked);
        if (answer === 'hang') throw new Error('no model service hangs');
        const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]);
        const text = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);
        return { status: answer.status, headers, text };
      };
      if (refreshToken === null) {
        const { text, ...rest } = send();
        if (asked.path.endsWith('/revoke')) this.ledger.isRevoked = true;
        await context.step('answered');
        return new Response(text, rest);
      }
      return this.#renew(context, refreshToken, send);
    };
  }

  async #renew(
    context: MortalContext,
    refreshToken: string,
    send: () => { readonly status: number; readonly headers: [string, string][]; readonly text: string },
  ): Promise<Response> {
    const [before, after] = this.turns;
    const fault = this.faults.shift() ?? 'none';
    const over = this.ledger.begin(context, refreshToken);
    try {
      for (let turn = 0; turn < before; turn += 1) await nextTurn();
      if (fault === 'not sent') throw new AppError('network');
      if (fault === 'busy') return new Response('', { status: 503 });
      await context.step('on its way');
      const { text, ...rest } = send();
      if (rest.status === 200) this.ledger.spend(refreshToken);
      await context.step('acted');
      for (let turn = 0; turn < after; turn += 1) await nextTurn();
      if (fault === 'answer lost') throw new AppError('network');
      await context.step('answered');
      return new Response(fault === 'answer garbled' ? text.slice(0, text.length / 2) : text, rest);
    } finally {
      over();
    }
  }

  #onDisk(vault: Vault): Vault {
    return {
      ...vault,
      write: async (names, work) => {
        const isOfTokens = names.some((name) => name === 'grants');
        if (isOfTokens && this.room <= 0) {
          this.ledger.disturb();
          throw new AppError('storage_full');
        }
        if (isOfTokens) this.room -= 1;
        await vault.write(names, work);
      },
    };
  }

  /** The background at this place, started anew where it is dead, as any event does. */
  wake(place: number): Background {
    const living = this.#backgrounds[place];
    if (living?.context.isAlive === true) return living;
    const context = new MortalContext();
    const ports = this.#portsOf(context);
    const vault = context.vault(this.#onDisk(createVault(ports)));
    const accounts = createAccounts(ports, vault, createRegistrations(ports, vault));
    const passphrase = createPassphrase(ports, vault, vault.key);
    const tidied = passphrase.state().then((state) => (state === 'locked' ? undefined : passphrase.tidy()));
    const started = Promise.all([accounts.start(), tidied]).then(() => undefined);
    started.catch(() => undefined); // Whoever waits for it hears of it.
    const background = { context, accounts, passphrase, started };
    this.#backgrounds[place] = background;
    return background;
  }

  /** Resolves when the work has ended, well or badly, or its context is dead. */
  async settle({ context, started }: Background, work: Promise<unknown>): Promise<unknown> {
    const ending = Promise.all([work.catch(toAppError), started.catch(toAppError)]);
    const ended = await Promise.race([ending, context.death]);
    context.live();
    return ended?.[0];
  }

  /** Ends the context at this place, or all at once. */
  kill(place?: number): void {
    for (const [index, background] of this.#backgrounds.entries())
      if (place === undefined || place === index) background?.context.kill();
  }

  /** Appoints the death of the context at this place. */
  appointDeath(place: number, when: number | DeathStep, onDeath: (steps: readonly StepName[]) => void): void {
    this.wake(place).context.dieAt(when, onDeath);
  }

  /** Time passes for everybody while no context runs, e.g. with the computer asleep; no alarm rings. */
  sleep(ms: number): void {
    this.ledger.disturb();
    this.#serverClock.offsetMs += ms;
  }

  /** Time passes, and each alarm rings that falls due. */
  async pass(ms: number): Promise<void> {
    let left = ms;
    for (let rings = 0; rings < 20; rings += 1) {
      const at = this.#ports.alarmTimes.get(refreshAlarm) ?? Infinity;
      const wait = Math.max(0, at - this.#now());
      if (wait > left) break;
      this.#serverClock.offsetMs += wait;
      left -= wait;
      await this.ring();
    }
    this.#serverClock.offsetMs += left;
  }

  async ring(): Promise<void> {
    this.#ports.alarmTimes.delete(refreshAlarm);
    const background = this.wake(this.#backgrounds[0]?.context.isAlive === false ? 1 : 0);
    await this.settle(background, background.accounts.onAlarm());
    // The next alarm can't ring before the minute is over.
    if (!background.context.isAlive) this.ledger.disturb();
  }

  /** The person turns the clock of their computer. */
  turnClock(skewMs: number): Promise<void> {
    this.ledger.disturb();
    this.#skewMs = skewMs;
    return Promise.resolve();
  }

  /** What the vault holds of the account, opened. */
  async read(): Promise<Held | undefined> {
    return this.#alone(() => this.#read());
  }

  async #read(): Promise<Held | undefined> {
    const bytes = await findKeyBytes(this.#vault);
    const session = { ...this.#ports.session, get: () => Promise.resolve(bytes) };
    const vault = createVault({ ...this.#ports, session });
    try {
      const [account] = await vault.store.accounts.list();
      const grant = account && (await vault.store.grants.find(account.id));
      if (grant === undefined) return undefined;
      const open = (field: 'accessToken' | 'refreshToken') =>
        grant[field] && vault.open(grant[field], identityOf.grant(grant.account, field));
      return {
        grant,
        refreshToken: await open('refreshToken'),
        accessToken: (await open('accessToken')) ?? '',
      };
    } finally {
      await vault.database.close();
    }
  }

  /** To be called at the end: the vault is deleted when everybody has closed it. */
  async close(): Promise<void> {
    this.kill();
    await this.#vault.database.close();
    indexedDB.deleteDatabase(this.#ports.database.name);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
