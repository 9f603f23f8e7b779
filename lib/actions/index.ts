/** The table of actions: the one list that the door, the callers' types and the tests read. */
import type * as z from 'zod/mini';
import * as accounts from './accounts.ts';
import * as batch from './batch.ts';
import * as backup from './backup.ts';
import * as device from './device.ts';
import * as customLookups from './custom-lookups.ts';
import * as health from './health.ts';
import * as journal from './journal.ts';
import * as lock from './lock.ts';
import * as lookup from './lookup.ts';
import * as outbox from './outbox.ts';
import * as page from './page.ts';
import * as people from './people.ts';
import * as registrations from './registrations.ts';
import * as settings from './settings.ts';
import * as tweetAbout from './tweet-about.ts';
import * as tweetEntries from './tweet-entries.ts';
import * as tweet from './tweet.ts';
import * as vote from './vote.ts';

export const actions = [
  accounts.listAccounts,
  accounts.signIn,
  accounts.findSignIn,
  accounts.cancelSignIn,
  accounts.refreshAccount,
  accounts.signOut,
  accounts.setDefaultAccount,
  device.beginDevice,
  device.checkDevice,
  device.cancelDevice,
  registrations.listServices,
  registrations.saveService,
  vote.previewVote,
  vote.castVote,
  vote.handOffVote,
  vote.startVote,
  tweet.handOffTweet,
  tweet.startTweet,
  tweet.suggestTweet,
  tweet.postTweet,
  tweet.checkTweet,
  tweet.deleteTweet,
  tweetAbout.openTweet,
  tweetAbout.takeTweet,
  tweetAbout.aboutTweet,
  tweetAbout.postTweetAbout,
  tweetEntries.resumeTweet,
  tweetEntries.checkTweetEntry,
  tweetEntries.deleteTweetEntry,
  lookup.listLookups,
  lookup.runLookup,
  lookup.cancelLookup,
  customLookups.listCustomLookups,
  customLookups.saveCustomLookup,
  customLookups.removeCustomLookup,
  customLookups.tryCustomLookup,
  page.openPage,
  page.listPageVotes,
  page.reportPage,
  people.listPeople,
  people.findPerson,
  people.registerPerson,
  people.savePerson,
  people.removePerson,
  people.exportPeople,
  people.importPeople,
  health.readHealth,
  health.removeRecord,
  journal.listJournal,
  journal.reviewJournal,
  journal.exportJournal,
  journal.clearJournal,
  journal.tryAgain,
  outbox.listOutbox,
  outbox.cancelOutbox,
  outbox.sendOutboxNow,
  outbox.rescheduleOutbox,
  batch.readBatch,
  batch.previewBatch,
  batch.startBatch,
  batch.listBatches,
  batch.pauseBatch,
  batch.resumeBatch,
  batch.cancelBatch,
  batch.tryBatchAgain,
  batch.collectPost,
  batch.listCollected,
  batch.clearCollected,
  lock.readLock,
  lock.unlock,
  lock.lockNow,
  lock.setPassphrase,
  lock.changePassphrase,
  lock.removePassphrase,
  lock.setLockMinutes,
  backup.offerBackup,
  backup.makeBackup,
  backup.readBackup,
  backup.restoreBackup,
  backup.closeBackup,
  settings.getSettings,
  settings.saveSettings,
  settings.readDraft,
  settings.saveDraft,
] as const;

type AnyAction = (typeof actions)[number];

/** Input and output of every action by its id, for callers; import it as a type only. */
export type Actions = {
  readonly [A in AnyAction as A['id']]: {
    readonly input: z.input<A['input']>;
    readonly output: z.output<A['output']>;
  };
};
