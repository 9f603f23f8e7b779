/**
 * What the product needs from outside, as interfaces only. `lib/platform` implements them for the browser,
 * `test/headless` for Node. Times are UTC milliseconds unless a name says otherwise.
 */

/** Sends one request, without cookies, until its signal aborts. Throws `network`. Limits are set by `limitAnswers`. */
export type Http = (request: Request) => Promise<Response>;

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  /** Unguessable text of 43 to 128 letters and digits (some services refuse others in `state`), 128 bits or more. */
  token(): string;
  /** A version 4 UUID, for record ids. */
  id(): string;
  /** Evenly spread in [0, 1), for jitter; not for secrets. */
  fraction(): number;
}

/** An address of the person's own; the visit to it with this `state` is caught, once. Its host must be allowed. */
export interface Capture {
  readonly address: string;
  readonly state: string;
}

export interface Identity {
  /** The https address a provider sends the person back to; exact to the letter, `path` tells providers apart. */
  redirectUrl(path: string): string;
  /**
   * Opens `url` and gives back the address that the provider redirected to. Does not check it.
   * Throws `cancelled` (window closed), `needs_sign_in` (silent and the person is needed), `page_not_loaded`,
   * `sign_in_running` (another window is still open).
   */
  authorize(request: {
    readonly url: string;
    readonly redirectUrl: string;
    readonly interactive: boolean;
    /** Where the service can't redirect to `redirectUrl`. What comes back is this address with the query of the visit. */
    readonly capture?: Capture;
    /** Closes the page where that is possible, and rejects with the signal's reason at once. */
    readonly signal?: AbortSignal;
  }): Promise<string>;
}

export interface Alarms {
  /** When the alarm of this name will fire, or undefined when there is none. */
  find(name: string): Promise<number | undefined>;
  set(name: string, when: number): Promise<void>;
  clear(name: string): Promise<void>;
  /** All that are set; times in UTC ms. */
  list(): Promise<readonly { readonly name: string; readonly at: number }[]>;
}

/** Where the vault lives: the name of a database in the global IndexedDB (in Node a stand-in, fake-indexeddb). */
export interface Database {
  readonly name: string;
}

/** What the browser says of itself and of what it keeps for us, for Diagnostics. */
export interface Environment {
  /** Of the extension. */
  readonly version: string;
  /** Name and version, e.g. `Firefox 153`. */
  readonly browser: string;
  /** Bytes; undefined where the browser does not tell. */
  storage(): Promise<{
    readonly used: number | undefined;
    readonly quota: number | undefined;
    /** True where the browser promised not to clear it by itself. */
    readonly isPersisted: boolean;
  }>;
  /** The rules that change the headers of our own requests. */
  requestRules(): Promise<readonly { readonly name: RequestRule; readonly isInstalled: boolean }[]>;
}

export type RequestRule = 'origin' | 'user-agent';

/** Exclusive work by name, across worker, popup and options (Web Locks). */
export interface Locks {
  run<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Memory that outlives the worker but not the browser, and that no page script reads. Holds drafts and, while the vault is
 * unlocked, its key; never a token. JSON values only.
 */
export interface Session {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

/** Whether there is a network, as far as the machine knows. */
export interface Network {
  /** False: there surely is none. True: perhaps. */
  isOnline(): boolean;
  /** Hears of the network's return; there may be none yet when the worker dies meanwhile. */
  onOnline(listener: () => void): void;
}

export interface Permissions {
  /** True when requests to this address are allowed (host permission granted); `https://*.` stands for all hosts below one. */
  mayReach(url: string): Promise<boolean>;
}

/** The tabs of the popup that something else than the toolbar button may open it at. */
export type PopupTab = 'vote' | 'tweet';

/** What the person chose in the menu of a page or a link. */
export type MenuChoice =
  | { readonly id: 'vote'; readonly link: string }
  | { readonly id: 'tweet-link'; readonly link: string }
  | { readonly id: 'tweet-selection'; readonly text: string; readonly link: string }
  | { readonly id: 'tweet-page'; readonly title: string; readonly link: string };

/** The toolbar button and tabs: what the person sees outside our own pages. */
export interface Shell {
  /** Badge text (short; empty for none) and the title that says the same in words. */
  setBadge(text: string, title: string): Promise<void>;
  openTab(url: string): Promise<void>;
  /** Opens the popup at one of its tabs; the same view in a browser tab where no popup can be opened. */
  openPopup(tab: PopupTab): Promise<void>;
  /** The tab the person looks at, as far as we may know it. */
  activeTab(): Promise<{ readonly url: string | undefined; readonly title: string | undefined } | undefined>;
  /** Tells open popup and options views that data of this topic changed; carries no data. */
  announce(topic: Topic): void;
}

export const topics = [
  'accounts',
  'services',
  'journal',
  'settings',
  'lock',
  'people',
  'outbox',
  'batches',
] as const;
export type Topic = (typeof topics)[number];

/** A sentence of the locale files with its `{placeholders}` filled and the right plural form. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** For developers, never for people; callers hand in codes and ids only. */
export interface Log {
  warn(event: string, facts?: Readonly<Record<string, string | number>>): void;
}

export interface Ports {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: SubtleCrypto;
  readonly randomBytes: (length: number) => Uint8Array<ArrayBuffer>;
  readonly identity: Identity;
  readonly alarms: Alarms;
  readonly database: Database;
  readonly environment: Environment;
  readonly locks: Locks;
  readonly session: Session;
  readonly network: Network;
  readonly permissions: Permissions;
  readonly shell: Shell;
  readonly translate: Translate;
  readonly log: Log;
}
