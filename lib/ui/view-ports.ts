/** What a view needs from outside, as an interface: `lib/platform/view-ports.ts` fills it in, tests hand in their own. */
import type { Invoke } from '../bus/client.ts';
import type { TypedTranslate } from '../locale/translate.ts';
import type { Topic } from '../ports.ts';

export interface ViewPorts {
  readonly invoke: Invoke;
  readonly t: TypedTranslate;
  /** The version of the extension. */
  readonly version: string;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** The person's time zone, its IANA name, e.g. `Europe/Warsaw`. */
  readonly timeZone: string;
  /** A version 4 UUID, for requests. */
  readonly newId: () => string;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Calls `work` as soon as nothing else is to be done, unless `signal` aborts before. */
  readonly whenIdle: (work: () => void, signal: AbortSignal) => void;
  /** Calls `listener` whenever data of a topic changed, until `signal` aborts. */
  readonly onChange: (listener: (topic: Topic) => void, signal: AbortSignal) => void;
  /** The options page, at one of its sections where one is named. */
  readonly openOptions: (section?: 'batch') => Promise<void>;
  /** Opens the Look up tab of the popup in a browser tab, with room for a wide table. */
  readonly openLookUp: () => Promise<void>;
  /** Asks for host permissions. Must be called first thing in a click handler. */
  readonly requestHosts: (origins: string[]) => Promise<boolean>;
  /** Puts a text on the clipboard. */
  readonly copy: (text: string) => Promise<void>;
  /** Hands the person a file, its text in one piece or in several. */
  readonly saveFile: (name: string, ...text: readonly string[]) => void;
}
