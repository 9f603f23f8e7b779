/**
 * Ports for unit tests. The vault (fake-indexeddb), the cryptography and the locks are real; time stands still until a
 * test moves it; network and sign-in page answer what a test wrote down and fail on anything else.
 */
import 'fake-indexeddb/auto';
import type { Clock, Identity, Ports, Topic } from '../../lib/ports.ts';
import { untilAborted } from './until-aborted.ts';

/** Answers by method and address without its query, e.g. `POST https://api.example/me`. */
export type HttpTable = Record<string, (request: Request) => Response | Promise<Response>>;

export interface SentRequest {
  readonly route: string;
  readonly headers: Headers;
  readonly body: string;
}

export interface ManualClock extends Clock {
  advance(ms: number): void;
}

/** What the world outside the ports has seen. */
export interface Seen {
  badge: string;
  title: string;
  readonly tabs: string[];
  /** Tabs at which the popup was opened. */
  readonly popups: string[];
  readonly announced: Topic[];
  readonly warnings: string[];
  readonly requests: SentRequest[];
  /** Addresses of sign-in pages, and whether the person could see them. */
  readonly signInPages: { readonly url: URL; readonly interactive: boolean }[];
}

export interface FakePorts extends Ports {
  readonly clock: ManualClock;
  readonly seen: Seen;
  readonly alarmTimes: Map<string, number>;
  /** What the test may write anew at any time. */
  readonly script: {
    http: HttpTable;
    authorize: Identity['authorize'];
    fraction: number;
    mayReach: boolean;
  };
}

/** 2026-11-21T00:00:00Z, ms. */
const start = 1_795_219_200_000;

function createManualClock(): ManualClock {
  let now = start;
  const sleepers = new Set<() => void>();
  return {
    now: () => now,
    sleep(ms, signal) {
      const end = now + ms;
      return new Promise((resolve, reject) => {
        const wake = () => {
          if (now < end) return;
          sleepers.delete(wake);
          resolve();
        };
        sleepers.add(wake);
        signal?.addEventListener('abort', () => {
          sleepers.delete(wake);
          reject(signal.reason as Error); // Whatever the test aborted with.
        });
        wake();
      });
    },
    advance(ms) {
      now += ms;
      for (const wake of sleepers) wake();
    },
  };
}

/** @param databaseName ports over the same name share a vault and its locks, like two contexts of one browser. */
export function createFakePorts(databaseName: string = crypto.randomUUID()): FakePorts {
  const alarmTimes = new Map<string, number>();
  const session = new Map<string, unknown>();
  const seen: Seen = {
    badge: '',
    title: '',
    tabs: [],
    popups: [],
    announced: [],
    warnings: [],
    requests: [],
    signInPages: [],
  };
  const script: FakePorts['script'] = {
    http: {},
    authorize: () => Promise.reject(new Error('no sign-in page in this test')),
    fraction: 0,
    mayReach: true,
  };
  return {
    seen,
    script,
    alarmTimes,
    clock: createManualClock(),
    http: async (request) => {
      const { origin, pathname } = new URL(request.url);
      const route = `${request.method} ${origin}${pathname}`;
      const answer = script.http[route];
      if (answer === undefined) throw new Error(`no ${route} in this test`);
      seen.requests.push({ route, headers: request.headers, body: await request.clone().text() });
      return answer(request);
    },
    random: {
      token: () => crypto.randomUUID().replaceAll('-', ''),
      id: () => crypto.randomUUID(),
      fraction: () => script.fraction,
    },
    crypto: crypto.subtle,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    identity: {
      redirectUrl: (path) => `https://latchkey.example/${path}`,
      authorize: (request) => {
        seen.signInPages.push({ url: new URL(request.url), interactive: request.interactive });
        return untilAborted(script.authorize(request), request.signal);
      },
    },
    alarms: {
      find: (name) => Promise.resolve(alarmTimes.get(name)),
      set: (name, when) => Promise.resolve(void alarmTimes.set(name, when)),
      clear: (name) => Promise.resolve(void alarmTimes.delete(name)),
      list: () => Promise.resolve([...alarmTimes].map(([name, at]) => ({ name, at }))),
    },
    database: { name: databaseName },
    environment: {
      version: '1.2.3',
      browser: 'Fakefox 1',
      storage: () => Promise.resolve({ used: 1000, quota: 1_000_000, isPersisted: true }),
      requestRules: () =>
        Promise.resolve((['origin', 'user-agent'] as const).map((name) => ({ name, isInstalled: true }))),
    },
    locks: { run: async (name, work) => navigator.locks.request(`${databaseName}/${name}`, work) },
    session: {
      get: (key) => Promise.resolve(session.get(key)),
      set: (key, value) => Promise.resolve(void session.set(key, value)),
    },
    network: { isOnline: () => true, onOnline: () => undefined },
    permissions: { mayReach: () => Promise.resolve(script.mayReach) },
    shell: {
      setBadge: (text, title) => Promise.resolve(void Object.assign(seen, { badge: text, title })),
      openTab: (url) => Promise.resolve(void seen.tabs.push(url)),
      openPopup: (tab) => Promise.resolve(void seen.popups.push(tab)),
      activeTab: () => Promise.resolve(undefined),
      announce: (topic) => void seen.announced.push(topic),
    },
    translate: (key) => key,
    log: { warn: (event, facts = {}) => void seen.warnings.push(`${event} ${JSON.stringify(facts)}`) },
  };
}
