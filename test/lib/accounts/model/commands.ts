/** What can happen to an account, as commands of fast-check; each looks afterwards whether the promises hold. */
import fc from 'fast-check';
import { assertKept, type History } from './assert-kept.ts';
import type { DeathStep, StepName } from './mortal-context.ts';
import { passphrases, withEither } from './quick-passphrase.ts';
import type { Fault, World } from './world.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Who does what, in which of the two backgrounds. */
interface Deed {
  readonly place: 0 | 1;
  readonly kind:
    | 'use'
    | 'now'
    | 'alarm'
    | 'rejected'
    | 'wake'
    | 'sign in'
    | 'sign out'
    | 'lock'
    | 'set passphrase'
    | 'change passphrase'
    | 'remove passphrase'
    | 'remove and set passphrase';
}

/** Deeds at the same moment, on a network and with a death that are set beforehand. */
interface Moment {
  readonly deeds: readonly Deed[];
  readonly isAged: boolean;
  readonly faults: readonly Fault[];
  readonly turns: readonly [number, number];
  /** Writes of tokens until the disk is full; undefined where it has room for all. */
  readonly room: number | undefined;
  readonly death: { readonly place: 0 | 1; readonly when: number | DeathStep } | undefined;
}

export interface Setting {
  readonly world: World;
  readonly history: History;
  readonly onDeath: (steps: readonly StepName[]) => void;
}
type ModelCommand = fc.AsyncCommand<object, Setting>;

function define(title: string, run: (setting: Setting) => Promise<void>): ModelCommand {
  return {
    check: () => true,
    async run(_model, setting) {
      await run(setting);
      await assertKept(setting.world, setting.history);
    },
    toString: () => title,
  };
}

async function perform(world: World, { place, kind }: Deed): Promise<void> {
  const held = await world.read();
  const account = held?.grant.account ?? world.account;
  const background = world.wake(place);
  const { accounts } = background;
  const { provider } = world.service.registration;
  const works: Record<Deed['kind'], () => Promise<unknown>> = {
    use: () => accounts.access(account),
    now: () => accounts.refreshNow(account),
    alarm: () => accounts.onAlarm(),
    rejected: () => accounts.accessAfterRejection(account, held?.accessToken ?? ''),
    wake: () => background.started,
    'sign in': () => accounts.signIn(provider, held === undefined ? {} : { renew: account }),
    'sign out': () => accounts.signOut(account),
    lock: () => {
      world.ledger.disturb();
      return background.passphrase.lock();
    },
    'set passphrase': () => background.passphrase.set(passphrases[0]),
    'change passphrase': () => withEither((one, other) => background.passphrase.change(one, other)),
    'remove passphrase': () => withEither((one) => background.passphrase.remove(one)),
    'remove and set passphrase': async () => {
      await withEither((one) => background.passphrase.remove(one));
      await background.passphrase.set(passphrases[0]);
    },
  };
  await world.settle(background, works[kind]());
}

/** The same with one background: it alone knows of tokens for which there was no room, and a browser has no other. */
function inOnePlace(moment: Moment): Moment {
  const place = moment.deeds[0]?.place ?? 0;
  const { death } = moment;
  return {
    ...moment,
    deeds: moment.deeds.map((deed) => ({ ...deed, place })),
    death: death && { ...death, place },
  };
}

async function runFullMoment(setting: Setting, moment: Moment): Promise<void> {
  const { world } = setting;
  const alone = inOnePlace(moment);
  const place = alone.deeds[0]?.place ?? 0;
  world.kill(1 - place);
  await runMoment(setting, alone);
  // There is room again, and what was kept in memory is saved by the next renewal.
  await world.unlock();
  await perform(world, { place, kind: 'now' });
}

async function runMoment({ world, history, onDeath }: Setting, moment: Moment): Promise<void> {
  await world.unlock();
  if (moment.isAged) world.sleep(world.service.accessTokenSeconds * 1000);
  world.faults = [...moment.faults];
  world.turns = moment.turns;
  world.room = moment.room ?? Infinity;
  if (moment.death !== undefined) world.appointDeath(moment.death.place, moment.death.when, onDeath);
  await Promise.all(moment.deeds.map((deed) => perform(world, deed)));
  world.faults = [];
  world.room = Infinity;
  // Whoever signs in after that begins anew.
  if (moment.deeds.some(({ kind }) => kind === 'sign out')) history.forget();
}

const passphraseDeeds = [
  'set passphrase',
  'change passphrase',
  'remove passphrase',
  'remove and set passphrase',
] as const;

const place = fc.constantFrom(0 as const, 1 as const);
const deed = fc.record({
  place,
  kind: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('use' as const, 'now' as const, 'alarm' as const, 'rejected' as const),
    },
    { weight: 1, arbitrary: fc.constantFrom('wake' as const, 'sign in' as const, 'lock' as const) },
    { weight: 1, arbitrary: fc.constantFrom('wake' as const, 'sign out' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...passphraseDeeds) },
  ),
});
const callStep = fc.constantFrom<DeathStep>(
  'on its way',
  'acted',
  'answered',
  'write after the answer',
  'written',
);
const turn = fc.integer({ min: 0, max: 30 });
const moment: fc.Arbitrary<Moment> = fc.record({
  deeds: fc.array(deed, { minLength: 1, maxLength: 3 }),
  isAged: fc.boolean(),
  faults: fc.array(
    fc.constantFrom<Fault>('none', 'none', 'not sent', 'answer lost', 'answer garbled', 'busy'),
    { maxLength: 2 },
  ),
  turns: fc.tuple(turn, turn),
  room: fc.constant(undefined),
  death: fc.option(fc.record({ place, when: fc.oneof(fc.integer({ min: 0, max: 40 }), callStep) }), {
    nil: undefined,
    freq: 3,
  }),
});

const fullMoment = fc
  .tuple(moment, fc.integer({ min: 0, max: 4 }))
  .map(([one, room]): Moment => ({ ...one, room }));

const clocks = { right: 0, 'a day back': -day, 'a year forward': 365 * day } as const;

/** Everything that can happen, each as often as it deserves. */
export const happenings: fc.Arbitrary<ModelCommand>[] = [
  moment.map((one) => define(`moment ${JSON.stringify(one)}`, (setting) => runMoment(setting, one))),
  moment.map((one) => define(`moment ${JSON.stringify(one)}`, (setting) => runMoment(setting, one))),
  fullMoment.map((one) =>
    define(`full disk ${JSON.stringify(one)}`, (setting) => runFullMoment(setting, one)),
  ),
  fc
    .constantFrom(5000, 45_000, 2 * 60_000, 7 * hour, 5 * day)
    .map((ms) => define(`${ms} ms pass`, ({ world }) => world.pass(ms))),
  fc
    .constantFrom(...(Object.keys(clocks) as (keyof typeof clocks)[]))
    .map((name) => define(`the clock is ${name}`, ({ world }) => world.turnClock(clocks[name]))),
  fc.constantFrom(1000, 20_000, 90_000, 2 * day).map((ms) =>
    define(`the browser is closed for ${ms} ms`, ({ world }) => {
      world.kill();
      world.sleep(ms);
      const background = world.wake(0);
      return world.settle(background, background.started).then(() => undefined);
    }),
  ),
];
