/**
 * The whole product with an account at every service, over answers that the stand-ins gave once. A case gets an app of its
 * own over the one vault, and what it did there is taken back; so each case is alone, and can be had again by its seed.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { createApp, type App } from '../../lib/app/create-app.ts';
import { AppError } from '../../lib/errors.ts';
import type { Http, Identity, Ports } from '../../lib/ports.ts';
import { providers } from '../../lib/providers/index.ts';
import { createNodePorts, type NodePorts } from '../headless/node-ports.ts';
import { clientId, follow, secret, type SandboxApp } from '../headless/sandbox-app.ts';
import { createSandboxHttp } from '../headless/sandbox-http.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { seedSandbox } from '../sandbox/seed.ts';
import { FuzzClock } from './fuzz-clock.ts';
import { hurryPassphrases } from './hurry-passphrases.ts';
import {
  type AccountIds,
  type Operation,
  listOperations,
  signInEverywhere,
  typedSecrets,
} from './operations.ts';
import { createLeakCheck, readTokens } from './secrets.ts';
import { SeededRandom } from './seeded-random.ts';
import { createTape, recordOn, type Tape } from './tape.ts';
import { Finding } from './target.ts';
import { type VaultWatch, readClearText, watchVault } from './vault-watch.ts';

/** The outside of one case. */
export interface Scene {
  readonly http: Http;
  readonly authorize: Identity['authorize'];
}

export interface TapedOperation extends Operation {
  readonly tape: Tape;
}

export interface World {
  readonly accounts: AccountIds;
  /** Those that asked at least one question. */
  readonly operations: readonly TapedOperation[];
  readonly clock: FuzzClock;
  readonly vault: VaultWatch;
  /** Throws where a text holds a secret. */
  readonly assertNoSecret: (text: string, where: string) => void;
  /**
   * Runs `work` with an app of its own, looks at everything that came out of it, calls `judge` while the vault is still as
   * the case left it, and takes all back.
   * @param name of what is done, for the same chance as when it was recorded.
   */
  play<T>(
    name: string,
    scene: Scene,
    work: (app: App) => Promise<T>,
    judge?: (result: T, app: App) => Promise<void> | void,
  ): Promise<T>;
  close(): Promise<void>;
}

const nowhere: Scene = {
  http: () => Promise.reject(new AppError('network')),
  authorize: () => Promise.reject(new AppError('cancelled')),
};

interface Outside {
  readonly ports: Ports;
  readonly node: NodePorts;
  readonly random: SeededRandom;
  readonly clock: FuzzClock;
  scene: Scene;
  /** Everything that was shown, logged or announced. */
  readonly shown: unknown[];
  readonly session: Map<string, unknown>;
  /** Requests that are not answered yet. */
  open: number;
}

function createOutside(clock: FuzzClock): Outside {
  const random = new SeededRandom();
  const session = new Map<string, unknown>();
  const shown: unknown[] = [];
  const node = createNodePorts({
    http: async (request) => {
      outside.open += 1;
      try {
        return await outside.scene.http(request);
      } finally {
        outside.open -= 1;
      }
    },
    authorize: (request) => outside.scene.authorize(request),
    clock,
  });
  const show = (...what: unknown[]) => Promise.resolve(void shown.push(what));
  const ports: Ports = {
    ...node,
    random,
    crypto: hurryPassphrases(node.crypto),
    session: {
      get: (key) => Promise.resolve(session.get(key)),
      set: (key, value) => Promise.resolve(void session.set(key, structuredClone(value))),
    },
    shell: {
      setBadge: show,
      openTab: show,
      openPopup: show,
      activeTab: () => Promise.resolve({ url: 'https://steemit.com/@alice/notes', title: 'Notes' }),
      announce: (topic) => void shown.push(topic),
    },
    // Nobody is told of changes: the app of a case would be kept for the one who tells.
    network: { isOnline: () => true, onOnline: () => undefined },
    log: { warn: (...what) => void shown.push(what) },
  };
  const outside: Outside = { ports, node, random, clock, scene: nowhere, shown, session, open: 0 };
  return outside;
}

/** What was begun and not waited for ends too. */
async function settle(outside: Outside): Promise<void> {
  for (let calm = 0; calm < 2;) {
    await turn();
    calm = outside.open === 0 ? calm + 1 : 0;
  }
}

async function record(
  outside: Outside,
  { sandbox, person, phone }: Pick<SandboxApp, 'sandbox' | 'person' | 'phone'>,
): Promise<{ accounts: AccountIds; operations: TapedOperation[]; vault: VaultWatch }> {
  const http = createSandboxHttp(sandbox.port);
  const walk = follow(http, person, phone);
  outside.scene = { http, authorize: walk };
  outside.random.reset('sign in');
  const first = createApp(outside.ports);
  const accounts = await signInEverywhere({ app: first, sandbox, person, phone });
  await first.close();

  const operations: TapedOperation[] = [];
  const early = await watchVault(outside.ports.database.name);
  // What a recording notes of itself would stand in the way when it is played.
  const watch = async () => {
    await early.restore(['journal', 'outbox']);
    early.close();
    return watchVault(outside.ports.database.name);
  };
  let vault: VaultWatch | undefined;
  for (const operation of listOperations(accounts)) {
    // From here on things get lost: the cases begin before.
    if (operation.isLast === true) vault ??= await watch();
    const tape = createTape();
    outside.scene = {
      http: recordOn(tape, http),
      authorize: async (request) => {
        const page = await walk(request);
        tape.pages.push(page);
        return page;
      },
    };
    outside.random.reset(operation.name);
    outside.session.clear();
    const app = createApp(outside.ports);
    const reply = await operation.run(app, outside.clock);
    await settle(outside);
    await app.close();
    if (!reply.ok && operation.mayFail !== true)
      throw new Error(`${operation.name}: ${JSON.stringify(reply.error)}`);
    if (tape.answers.size > 0) operations.push({ ...operation, tape });
  }
  vault ??= await watch();
  await vault.restore();
  return { accounts, operations, vault };
}

async function startServices(clock: FuzzClock, sandbox: Sandbox, outside: Outside) {
  const redirectUris = providers.map(({ id }) => outside.ports.identity.redirectUrl(id));
  seedSandbox(sandbox, { clientId, secret, redirectUris });
  clock.reset();
  return record(outside, { sandbox, person: { allows: undefined }, phone: { person: 'li' } });
}

export async function openWorld(): Promise<World> {
  let sandbox: Sandbox | undefined;
  const clock = new FuzzClock((offsetMs) => {
    if (sandbox !== undefined) sandbox.clockOffsetMs = offsetMs;
  });
  const outside = createOutside(clock);
  sandbox = await startSandbox();
  const { accounts, operations, vault } = await startServices(clock, sandbox, outside);
  await sandbox.close();
  sandbox = undefined;
  const bodies = operations.flatMap(({ tape }) => [...tape.answers.values()].flat().map(({ body }) => body));
  const assertNoSecret = createLeakCheck([...typedSecrets, ...bodies.flatMap(readTokens)]);

  return {
    accounts,
    operations,
    clock,
    vault,
    assertNoSecret,
    async play(name, scene, work, judge) {
      clock.reset();
      outside.random.reset(name);
      outside.session.clear();
      outside.shown.length = 0;
      outside.scene = scene;
      const app = createApp(outside.ports);
      try {
        const result = await work(app);
        await settle(outside);
        assertNoSecret(toText(result), 'an answer');
        assertNoSecret(JSON.stringify(outside.shown), 'what is shown or logged');
        for (const { store, value } of vault.written)
          assertNoSecret(readClearText(value), `the store ${store}, unsealed`);
        await judge?.(result, app);
        return result;
      } finally {
        outside.scene = nowhere;
        await settle(outside);
        await app.close();
        await vault.restore();
      }
    },
    close() {
      vault.close();
      return Promise.resolve();
    },
  };
}

/** Whatever came out; nothing is a text too. */
const toText = (value: unknown) => JSON.stringify([value]);

/** @throws Finding `crash` for an error that nobody meant. */
export function assertMeant(reply: {
  readonly ok: boolean;
  readonly error?: { readonly code: string };
}): void {
  if (reply.error?.code === 'internal')
    throw new Finding('crash', `internal: ${JSON.stringify(reply.error)}`);
}
