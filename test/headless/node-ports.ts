/**
 * Latchkey without a browser: ports for Node, so that `createApp(createNodePorts(...))` is the whole product in a script
 * or a test. The vault lies in fake-indexeddb, in memory.
 */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createTranslate } from '../../lib/locale/translate.ts';
import type { Clock, Http, Identity, Network, Ports } from '../../lib/ports.ts';
import { untilAborted } from '../fakes/until-aborted.ts';

const locales = new URL('../../assets/static/_locales/', import.meta.url);

/** The sentences of a locale folder, e.g. `en` or `zh_CN`. */
export function readMessages(locale: string): Record<string, { readonly message: string }> {
  const text = readFileSync(new URL(`${locale}/messages.json`, locales), 'utf8');
  return JSON.parse(text) as Record<string, { message: string }>; // Our own file; a test proves its shape.
}

/** Time that passes only when somebody sleeps or a test moves it; starts at the machine's time. */
export class VirtualClock implements Clock {
  #offset = 0;
  readonly #onAdvance: (offsetMs: number) => void;

  /** @param onAdvance hears the offset to the machine's time, e.g. to move a sandbox along. */
  constructor(onAdvance: (offsetMs: number) => void = () => undefined) {
    this.#onAdvance = onAdvance;
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  advance(ms: number): void {
    this.#offset += ms;
    this.#onAdvance(this.#offset);
  }

  /** Waits pass at once. A sleep that can be aborted is a time limit on something real, and so runs in real time. */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal === undefined) this.advance(ms);
    else await delay(ms, undefined, { signal });
  }
}

/** A network that a test switches off and on. */
export class SwitchedNetwork implements Network {
  #isOn = true;
  readonly #listeners = new Set<() => void>();

  isOnline(): boolean {
    return this.#isOn;
  }

  onOnline(listener: () => void): void {
    this.#listeners.add(listener);
  }

  switch(isOn: boolean): void {
    this.#isOn = isOn;
    if (isOn) for (const listener of this.#listeners) listener();
  }
}

/** What a person would see outside our own pages. */
export interface Seen {
  badge: string;
  title: string;
  tabs: string[];
  /** Tabs at which the popup was opened. */
  popups: string[];
  activeTab: { url: string; title: string } | undefined;
  warnings: string[];
}

export interface NodePortsOptions {
  readonly http: Http;
  /** How a sign-in page is walked through: gets the address to open, gives the one it ended on. */
  readonly authorize: Identity['authorize'];
  readonly clock?: Clock;
  /** The network as the machine knows it; without one it is always there. */
  readonly network?: Network;
  /** Ports over the same name share a vault, like two starts of one worker. */
  readonly databaseName?: string;
  /** The browser's alarms, which outlive a worker; without them this one has its own. */
  readonly alarmTimes?: Map<string, number>;
  /** What lives until the browser closes; without it this worker has its own. */
  readonly session?: Map<string, unknown>;
  /** Hears of each step out of the worker before it is taken, e.g. to kill the worker there. */
  readonly onStep?: () => void;
}

export type NodePorts = Ports & {
  readonly seen: Seen;
  readonly alarmTimes: Map<string, number>;
  /** Ends this worker as a browser does: its locks are free at once, and it hears nothing any more. */
  kill(): void;
};

/** A dead worker asks nothing, and what it asked before is never answered. `onStep` hears before it is asked. */
function mortal<Question extends unknown[], Reply>(
  ask: (...question: Question) => Promise<Reply>,
  isDead: () => boolean,
  onStep: () => void,
): (...question: Question) => Promise<Reply> {
  return async (...question) => {
    onStep();
    if (isDead()) return new Promise(() => undefined);
    const reply = await ask(...question).catch((failure: unknown) => {
      if (!isDead()) throw failure;
    });
    return isDead() ? new Promise(() => undefined) : (reply as Reply); // Without a reply it threw, or is dead.
  };
}

export function createNodePorts(options: NodePortsOptions): NodePorts {
  const { http, authorize, clock = new VirtualClock(), network = new SwitchedNetwork() } = options;
  const { databaseName = crypto.randomUUID(), alarmTimes = new Map<string, number>() } = options;
  const { session = new Map<string, unknown>() } = options;
  const messages = readMessages('en');
  const seen: Seen = { badge: '', title: '', tabs: [], popups: [], activeTab: undefined, warnings: [] };
  const held = new Set<string>();
  let isDead = false;
  const live = <Question extends unknown[], Reply>(ask: (...question: Question) => Promise<Reply>) =>
    mortal(
      ask,
      () => isDead,
      () => options.onStep?.(),
    );

  async function runLocked<T>(name: string, work: () => Promise<T>): Promise<T> {
    const lock = `${databaseName}/${name}`;
    return navigator.locks.request(lock, async (): Promise<T> => {
      // It waited for the lock when it was killed, and must not keep others from it. Nobody hears this.
      if (isDead) return undefined as T;
      held.add(lock);
      try {
        return await work();
      } finally {
        held.delete(lock);
      }
    });
  }

  return {
    http: live(http),
    clock: {
      now: () => clock.now(),
      sleep: live((ms, signal) => clock.sleep(ms, signal)),
    },
    crypto: crypto.subtle,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    random: {
      token: () => `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll('-', ''),
      id: () => crypto.randomUUID(),
      fraction: () => Math.random(),
    },
    identity: {
      redirectUrl: (path) => `https://latchkey.chromiumapp.org/${path}`,
      authorize: live((request: Parameters<Identity['authorize']>[0]) =>
        untilAborted(authorize(request), request.signal),
      ),
    },
    alarms: {
      find: live((name) => Promise.resolve(alarmTimes.get(name))),
      set: live((name, when) => Promise.resolve(void alarmTimes.set(name, when))),
      clear: live((name) => Promise.resolve(void alarmTimes.delete(name))),
      list: live(() => Promise.resolve([...alarmTimes].map(([name, at]) => ({ name, at })))),
    },
    database: { name: databaseName },
    environment: {
      version: 'headless',
      browser: `Node ${process.versions.node}`,
      storage: () => Promise.resolve({ used: undefined, quota: undefined, isPersisted: false }),
      requestRules: () => Promise.resolve([]),
    },
    locks: { run: (name, work) => live(() => runLocked(name, work))() },
    session: {
      get: (key) => Promise.resolve(session.get(key)),
      set: (key, value) => Promise.resolve(void session.set(key, structuredClone(value))),
    },
    network: {
      isOnline: () => network.isOnline(),
      onOnline: (listener) =>
        network.onOnline(() => {
          if (!isDead) listener();
        }),
    },
    permissions: { mayReach: () => Promise.resolve(true) },
    shell: {
      setBadge: (text, title) => Promise.resolve(void Object.assign(seen, { badge: text, title })),
      openTab: (url) => Promise.resolve(void seen.tabs.push(url)),
      openPopup: (tab) => Promise.resolve(void seen.popups.push(tab)),
      activeTab: () => Promise.resolve(seen.activeTab),
      announce: () => undefined,
    },
    translate: createTranslate((key) => messages[key]?.message ?? '', 'en'),
    log: { warn: (event) => void seen.warnings.push(event) },
    seen,
    alarmTimes,
    kill() {
      isDead = true;
      for (const lock of held) void navigator.locks.request(lock, { steal: true }, () => Promise.resolve());
    },
  };
}
