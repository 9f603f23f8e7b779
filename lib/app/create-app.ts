/** The whole product over its ports: no browser needed. The background, a headless test and a script start here. */
import * as z from 'zod/mini';
import { createAccounts, refreshAlarm, type Trouble } from '../accounts/accounts.ts';
import { createEngines } from '../accounts/engines/index.ts';
import { createDeviceSignIns, deviceAlarm } from '../accounts/device-sign-ins.ts';
import { createRegistrations } from '../accounts/registrations.ts';
import type { ActionContext } from '../actions/context.ts';
import { actions } from '../actions/index.ts';
import { createClient, type Invoke } from '../bus/client.ts';
import { createDispatch, type Dispatch } from '../bus/dispatch.ts';
import { AppError, toAppError } from '../errors.ts';
import { createJournal } from '../journal/journal.ts';
import { createBatchStore } from '../outbox/batch-store.ts';
import { limitAnswers } from '../oauth/limit-answers.ts';
import { createOutboxAlarm, outboxAlarm } from '../outbox/outbox-alarm.ts';
import { createOutbox } from '../outbox/outbox.ts';
import { createRegister } from '../people/register.ts';
import type { MenuChoice, Ports } from '../ports.ts';
import { createChainReader } from '../steem/chain-reader.ts';
import { createVault } from '../vault/vault.ts';
import { createAccountDesk, noteAccount } from './account-desk.ts';
import { createActivity } from './activity.ts';
import { createBatchPreview } from './batch-preview.ts';
import { createBatches } from './batches.ts';
import { createCollectedPosts } from './collected-posts.ts';
import { createBackupDesk } from './backup-desk.ts';
import { createDeviceDesk } from './device-desk.ts';
import { shareBadge, showMissed } from './badge.ts';
import { createCustomLookupDesk } from './custom-lookup-desk.ts';
import { createCustomLookupStore } from './custom-lookups.ts';
import { createDrafts } from './drafts.ts';
import { createHealth } from './health.ts';
import { createLock, lockAlarm } from './lock.ts';
import { createLookupRunner } from './lookup-runner.ts';
import { createLookupChanges } from './lookup-changes.ts';
import { createLookups } from './lookups.ts';
import { createManaFloor } from './mana-floor.ts';
import { createOutboxDesk } from './outbox-desk.ts';
import { createOutboxRunner } from './outbox-runner.ts';
import { joinSenders } from './entry-senders.ts';
import { backupKeyAlarm } from './open-backup-key.ts';
import { createPages, siteOf } from './pages.ts';
import { createPeopleDesk } from './people-desk.ts';
import { createServiceDesk } from './service-desk.ts';
import { startAlarm, startRooms } from './start-rooms.ts';
import { createSettings } from './settings.ts';
import { createTweetSender } from './tweet-sender.ts';
import { createTweetSubjects, readMenuSubject } from './tweet-subjects.ts';
import { createTweets } from './tweets.ts';
import { createVoteSender } from './vote-sender.ts';
import { createVotes, menuPostKey } from './votes.ts';

// An extension may not make functions from text, so zod must not even try.
z.config({ jitless: true });

export interface App {
  /** Answers a message from a view or a page; see {@link Dispatch}. */
  readonly dispatch: Dispatch;
  /** Runs an action as the house itself does: alarms, menus, and whoever drives Latchkey without a browser. */
  readonly invoke: Invoke;
  /** Sets what a start must find: the alarm, the badge, and what a dead worker left behind. Safe to call at any time. */
  readonly start: () => Promise<void>;
  readonly onAlarm: (name: string) => Promise<void>;
  /** The person chose something in a menu: the popup opens and takes it. */
  readonly onMenu: (choice: MenuChoice) => Promise<void>;
  /** Closes the vault, for tests and scripts that end. */
  readonly close: () => Promise<void>;
}

export function createApp(outside: Ports): App {
  const ports: Ports = { ...outside, http: limitAnswers(outside) };
  const { shell, clock, log } = ports;
  const vault = createVault(ports);
  const engines = createEngines(ports);
  const registrations = createRegistrations(ports, vault, async (client) => engines(client).check?.(client));
  const journal = createJournal(vault, shell);
  const tell = ({ account, error, ...facts }: Trouble) =>
    noteAccount(ports, journal, { ...facts, account: account?.id ?? '', name: account?.name ?? '' }, error);
  const badgeOf = shareBadge((text, title) => shell.setBadge(text, title));
  const accountsShell = { ...shell, setBadge: badgeOf('accounts') };
  const accounts = createAccounts({ ...ports, shell: accountsShell }, vault, registrations, {
    tell,
    engines,
  });
  const devices = createDeviceSignIns(ports, vault, {
    registrations,
    engines,
    adopt: (provider, signedIn, seal) => accounts.adopt(provider, signedIn, seal),
  });
  const deviceDesk = createDeviceDesk(ports, devices, journal);
  const alarm = createOutboxAlarm(ports);
  const outbox = createOutbox(vault, shell, alarm);
  const chainReader = createChainReader(ports);
  const settings = createSettings(vault, shell);
  const collected = createCollectedPosts(ports);
  const pages = createPages(ports, { accounts, chainReader, settings, collected });
  const voteSender = createVoteSender(ports, { accounts, chainReader, outbox });
  const tweetSender = createTweetSender(ports, { accounts, journal, outbox });
  const changes = createLookupChanges(ports, { accounts, journal, outbox });
  const isLocked = async () =>
    (await vault.key.findWrapped()) !== undefined && !(await vault.key.isUnlocked());
  const batchStore = createBatchStore(vault, shell);
  const runner = createOutboxRunner(ports, {
    outbox,
    alarm,
    journal,
    isLocked,
    ...joinSenders(voteSender, tweetSender),
    findManaHold: createManaFloor(clock, { accounts, chainReader, settings }),
    isPaused: async (batch) => (await batchStore.find(batch))?.isPaused ?? false,
    onEnd: (record) => batches.onEnd(record),
    onMissed: async () => (await settings.read()).missed,
    showMissed: showMissed(badgeOf('outbox'), ports.translate),
  });
  const batches = createBatches(ports, {
    accounts,
    alarm,
    outbox,
    runner,
    sender: voteSender,
    store: batchStore,
  });
  const assertUnlocked = async () => {
    if (await isLocked()) throw new AppError('vault_locked');
  };
  const acting = { accounts, journal, outbox, runner, assertUnlocked };
  const votes = createVotes(ports, { ...acting, chainReader, pages, settings, sender: voteSender });

  const subjects = createTweetSubjects(ports, chainReader);
  const drafts = createDrafts(ports.session);
  const tweets = createTweets(ports, { ...acting, subjects, sender: tweetSender, drafts });

  const backup = createBackupDesk(ports, vault, journal, () => accounts.follow());
  const lock = createLock(ports, vault, {
    onUnlocked: async () => {
      await accounts.onAlarm();
      // Whoever unlocked does not wait for what waited for them.
      void wakeOutbox();
    },
    onLocked: () => backup.close(),
  });
  const wakeOutbox = () =>
    runner.kickAll().catch((thrown: unknown) => log.warn('outbox', { code: toAppError(thrown).code }));
  const customLookups = createCustomLookupStore(vault);
  const runPage = createLookupRunner(ports, accounts);

  const letGo = (account: string) => runner.endAll(account, new AppError('unknown_account'));

  const context: ActionContext = {
    accounts: createAccountDesk(ports, accounts, { journal, letGo }),
    devices: deviceDesk.actions,
    registrations: createServiceDesk(registrations, ports.translate, () => accounts.follow()),
    votes,
    tweets,
    lookups: createLookups(ports, { accounts, changes, vault, runPage, customLookups }),
    customLookups: createCustomLookupDesk(ports, { accounts, registrations, runPage, store: customLookups }),
    pages,
    journal: createActivity(journal, clock),
    outbox: createOutboxDesk(clock, { accounts, alarm, outbox, runner }),
    batches: {
      ...batches,
      ...createBatchPreview(ports, { accounts, chainReader, journal, settings }),
      collect: (post, sender) => collected.toggle({ chain: siteOf(sender).chain, ...post }),
      listCollected: () => collected.list(),
      clearCollected: (chain) => collected.clear(chain),
    },
    health: createHealth(ports, { accounts, journal, outbox, registrations, vault }),
    settings: {
      ...settings,
      async save(changes) {
        const saved = await settings.save(changes);
        // What waited may go by now.
        void wakeOutbox();
        return saved;
      },
    },
    lock: {
      ...lock.actions,
      async unlock(typed) {
        // What waited for this goes out then, should this worker be gone or not.
        await alarm.ensure();
        return lock.actions.unlock(typed);
      },
    },
    people: createPeopleDesk(clock, accounts, createRegister(ports, vault)),
    backup,
    drafts,
  };
  const dispatch = createDispatch(actions, context, ports);

  async function start(): Promise<void> {
    await startRooms(ports, [
      () => accounts.start(),
      () => devices.setAlarm(),
      () => changes.recover(),
      () => lock.start(),
    ]);
    void wakeOutbox();
  }

  return {
    dispatch: async (message, sender) => {
      // A person at a view; pages ask for things by themselves.
      if (sender?.kind === 'popup' || sender?.kind === 'options') await lock.touch().catch(() => undefined);
      return dispatch(message, sender);
    },
    invoke: createClient((message) => dispatch(message, { kind: 'internal' })),
    start,
    async onAlarm(name) {
      if (name === startAlarm) await start();
      if (name === refreshAlarm) await accounts.onAlarm();
      if (name === outboxAlarm) await runner.kickAll();
      if (name === backupKeyAlarm) await backup.close();
      if (name === lockAlarm) await lock.onAlarm();
      if (name === deviceAlarm) await deviceDesk.onAlarm();
    },
    async onMenu(choice) {
      if (choice.id === 'vote') await ports.session.set(menuPostKey, choice.link);
      else await subjects.leave(readMenuSubject(choice));
      await shell.openPopup(choice.id === 'vote' ? 'vote' : 'tweet');
    },
    close: () => vault.database.close(),
  };
}
