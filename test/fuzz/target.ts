/** What `npm run fuzz` attacks, and how one case ends. */
// Not the global ones, which a target may stop.
import { clearTimeout, setTimeout } from 'node:timers';
import * as fc from 'fast-check';

/** What went wrong; columns of the table. */
export const findingKinds = ['crash', 'hang', 'leak', 'state'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** A case that ended as none may. Whatever else is thrown out of a case is a crash. */
export class Finding extends Error {
  override readonly name = 'Finding';
  readonly kind: FindingKind;

  constructor(kind: FindingKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export interface OpenTarget<Case> {
  /** Runs one case. Throws a {@link Finding} where the product did what it may not. */
  run(value: Case): Promise<void> | void;
  close(): Promise<void>;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly cases: number;
  /** Replays one case, as told with a failure. */
  readonly path?: string;
  /** Is told before each case. */
  readonly onCase?: () => void;
  /** Is told of a finding instead of ending with it. */
  readonly onFinding?: (thrown: unknown, value: unknown) => void;
}

export interface Failure {
  readonly kind: FindingKind;
  readonly message: string;
  /** The smallest case found, cut where it is long. */
  readonly counterexample: string;
  readonly path: string;
}

export interface Outcome {
  readonly target: string;
  readonly seed: number;
  readonly cases: number;
  readonly seconds: number;
  /** Of the slowest case, in ms of processor time. */
  readonly slowestMs: number;
  readonly failure: Failure | undefined;
}

export interface Target {
  readonly name: string;
  fuzz(options: FuzzOptions): Promise<Outcome>;
}

/** No case may take longer, in ms of this thread's processor time: what else the machine does is none of its fault. */
const longestCase = 20_000;
/** Nor may it wait for longer for what never comes, in ms. */
const longestWait = 60_000;
const longestText = 4000;

async function within<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Finding('hang', 'No end after 60 s.')), longestWait);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

const readCpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** @returns ms of processor time. */
async function runCase<Case>(open: OpenTarget<Case>, value: Case): Promise<number> {
  const start = readCpuMs();
  const work = open.run(value);
  if (work !== undefined) await within(work);
  return readCpuMs() - start;
}

/** Rejections that nobody heard are crashes of the case during which they come. */
function listenForRejections() {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => void unheard.push(reason);
  process.on('unhandledRejection', hear);
  return {
    throwFirst() {
      const [reason] = unheard.splice(0);
      if (reason !== undefined)
        throw new Finding('crash', 'A rejection that nobody heard.', { cause: reason });
    },
    end: () => void process.off('unhandledRejection', hear),
  };
}

function readFailure<Case>(details: fc.RunDetails<[Case]>): Failure | undefined {
  if (!details.failed) return undefined;
  const thrown = details.errorInstance;
  const stack = thrown instanceof Error ? `${thrown.stack ?? ''}${describeCause(thrown)}` : String(thrown);
  return {
    kind: thrown instanceof Finding ? thrown.kind : 'crash',
    message: stack.slice(0, longestText),
    counterexample: fc.stringify(details.counterexample?.[0]).slice(0, longestText),
    path: details.counterexamplePath ?? '',
  };
}

const describeCause = ({ cause }: Error): string =>
  cause instanceof Error ? `\nCaused by ${cause.stack ?? ''}${describeCause(cause)}` : '';

/** @param target.cases makes the cases; shrinking finds the smallest that fails. */
export function defineTarget<Case>(target: {
  readonly name: string;
  readonly cases: fc.Arbitrary<Case>;
  readonly open: () => Promise<OpenTarget<Case>>;
}): Target {
  return {
    name: target.name,
    async fuzz({ seed, cases, path, onCase = () => undefined, onFinding }) {
      const open = await target.open();
      const rejections = listenForRejections();
      let slowestMs = 0;
      const begun = performance.now();
      const property = fc.asyncProperty(target.cases, async (value) => {
        onCase();
        try {
          const took = await runCase(open, value);
          slowestMs = Math.max(slowestMs, took);
          if (took > longestCase) throw new Finding('hang', `Took ${Math.round(took)} ms.`);
          rejections.throwFirst();
        } catch (thrown) {
          if (onFinding === undefined) throw thrown;
          onFinding(thrown, value);
        }
      });
      try {
        const details = await fc.check(property, {
          seed,
          numRuns: cases,
          ...(path === undefined ? {} : { path }),
        });
        return {
          target: target.name,
          seed,
          cases: details.numRuns,
          seconds: (performance.now() - begun) / 1000,
          slowestMs,
          failure: readFailure(details),
        };
      } finally {
        rejections.end();
        await open.close();
      }
    },
  };
}
