/** What an action's `run` is handed: the services of the house, as interfaces, so that actions know no code of theirs. */
import type * as z from 'zod/mini';
import type { Sender } from '../bus/sender.ts';
import type * as batch from './batch.ts';
import type { AccountView, features, findSignInOutput, signOutOutput } from './accounts.ts';
import type * as backup from './backup.ts';
import type { deviceState, DeviceWaitView } from './device.ts';
import type {
  CustomLookupView,
  listCustomLookupsOutput,
  saveCustomLookupInput,
  tryCustomLookupInput,
} from './custom-lookups.ts';
import type { readHealthOutput } from './health.ts';
import type {
  exportJournalInput,
  exportJournalOutput,
  listJournalInput,
  listJournalOutput,
  tryAgainInput,
} from './journal.ts';
import type { LockView } from './lock.ts';
import type { OutboxEntryView, rescheduleOutboxInput } from './outbox.ts';
import type { listPageVotesInput, listPageVotesOutput, openPageOutput, reportPageInput } from './page.ts';
import type { saveServiceInput, ServiceView } from './registrations.ts';
import type { getSettingsOutput, saveSettingsInput, Settings } from './settings.ts';
import type * as lookup from './lookup.ts';
import type * as people from './people.ts';
import type * as about from './tweet-about.ts';
import type { resumeTweetInput } from './tweet-entries.ts';
import type * as tweet from './tweet.ts';
import type * as vote from './vote.ts';

type In<Schema extends z.ZodMiniType> = z.output<Schema>;
type Out<Schema extends z.ZodMiniType> = Promise<z.input<Schema>>;

export interface ActionContext {
  readonly accounts: {
    list(): Promise<AccountView[]>;
    signIn(
      provider: string,
      options: {
        /** The account that the same person must come back to. */
        readonly renew: string | undefined;
        readonly allow: readonly (typeof features)[number][] | undefined;
        readonly typed: Readonly<Record<string, string>> | undefined;
      },
    ): Promise<AccountView>;
    findSignIn(): Out<typeof findSignInOutput>;
    cancelSignIn(): Promise<void>;
    refreshNow(account: string): Promise<AccountView>;
    signOut(account: string): Out<typeof signOutOutput>;
    setDefault(account: string, action: AccountView['actsFor']): Promise<void>;
  };
  readonly devices: {
    begin(provider: string): Promise<DeviceWaitView>;
    check(provider: string): Out<typeof deviceState>;
    cancel(provider: string): Promise<void>;
  };
  readonly registrations: {
    list(): Promise<ServiceView[]>;
    save(input: In<typeof saveServiceInput>): Promise<ServiceView>;
  };
  readonly votes: {
    preview(input: In<typeof vote.previewVoteInput>, sender: Sender): Out<typeof vote.votePreview>;
    cast(input: In<typeof vote.castVoteInput>, sender: Sender): Out<typeof vote.castVoteOutput>;
    handOff(input: In<typeof vote.handOffVoteInput>, sender: Sender): Out<typeof vote.handOffVoteOutput>;
    start(): Out<typeof vote.startVoteOutput>;
    tryAgain(input: In<typeof tryAgainInput>, sender: Sender): Out<typeof vote.castVoteOutput>;
  };
  readonly tweets: {
    handOff(input: In<typeof tweet.handOffTweetInput>, sender: Sender): Out<typeof tweet.handOffTweetOutput>;
    start(): Out<typeof tweet.startTweetOutput>;
    suggest(): Out<typeof tweet.suggestTweetOutput>;
    post(input: In<typeof tweet.postTweetInput>): Out<typeof tweet.postTweetOutput>;
    take(): Out<typeof about.takeTweetOutput>;
    open(post: string, sender: Sender): Promise<void>;
    about(post: string, sender: Sender): Out<typeof about.aboutTweetOutput>;
    postAbout(input: In<typeof about.postTweetAboutInput>, sender: Sender): Out<typeof tweet.postTweetOutput>;
    resume(input: In<typeof resumeTweetInput>): Out<typeof tweet.postTweetOutput>;
    checkEntry(id: number): Out<typeof tweet.checkTweetOutput>;
    /** @returns how many tweets were deleted. */
    removeEntry(id: number): Promise<number>;
    check(input: In<typeof tweet.checkTweetInput>): Out<typeof tweet.checkTweetOutput>;
    remove(input: In<typeof tweet.deleteTweetInput>): Promise<void>;
  };
  readonly lookups: {
    list(): Out<typeof lookup.listLookupsOutput>;
    run(input: In<typeof lookup.runLookupInput>): Out<typeof lookup.runLookupOutput>;
    /** False where nothing of that name is under way, or what is may not be stopped. */
    cancel(request: string): Promise<boolean>;
  };
  readonly customLookups: {
    list(provider: string): Out<typeof listCustomLookupsOutput>;
    save(input: In<typeof saveCustomLookupInput>): Promise<CustomLookupView>;
    remove(id: string): Promise<void>;
    tryOut(input: In<typeof tryCustomLookupInput>): Out<typeof lookup.runLookupOutput>;
  };
  readonly pages: {
    open(sender: Sender): Out<typeof openPageOutput>;
    votes(posts: In<typeof listPageVotesInput>['posts'], sender: Sender): Out<typeof listPageVotesOutput>;
    report(report: In<typeof reportPageInput>, sender: Sender): Promise<void>;
  };
  readonly journal: {
    list(input: In<typeof listJournalInput>): Out<typeof listJournalOutput>;
    review(id: number, isReviewed: boolean): Promise<void>;
    export(input: In<typeof exportJournalInput>): Out<typeof exportJournalOutput>;
    clear(): Promise<void>;
  };
  readonly outbox: {
    list(): Promise<OutboxEntryView[]>;
    /** The three say false where it is too late. */
    cancel(request: string): Promise<boolean>;
    sendNow(request: string): Promise<boolean>;
    reschedule(request: string, schedule: In<typeof rescheduleOutboxInput>['schedule']): Promise<boolean>;
  };
  readonly batches: {
    read(input: In<typeof batch.readBatchInput>): Out<typeof batch.readBatchOutput>;
    preview(input: In<typeof batch.previewBatchInput>): Out<typeof batch.previewBatchOutput>;
    start(input: In<typeof batch.startBatchInput>): Promise<batch.BatchView>;
    list(): Promise<batch.BatchView[]>;
    pause(id: string): Promise<batch.BatchView>;
    resume(id: string): Promise<batch.BatchView>;
    cancel(id: string): Promise<batch.BatchView>;
    tryAgain(id: string, next: string): Promise<batch.BatchView>;
    collect(post: In<typeof batch.collectPostInput>, sender: Sender): Out<typeof batch.collectPostOutput>;
    listCollected(): Promise<z.input<typeof batch.listCollectedOutput>['posts']>;
    clearCollected(chain: In<typeof batch.clearCollectedInput>['chain']): Promise<void>;
  };
  readonly health: {
    read(): Out<typeof readHealthOutput>;
    /** @param key as JSON. */
    removeRecord(store: string, key: string): Promise<void>;
  };
  readonly settings: {
    view(): Out<typeof getSettingsOutput>;
    save(changes: In<typeof saveSettingsInput>): Promise<Settings>;
  };
  readonly lock: {
    view(): Promise<LockView>;
    unlock(passphrase: string): Promise<LockView>;
    lock(): Promise<LockView>;
    set(passphrase: string): Promise<LockView>;
    change(passphrase: string, next: string): Promise<LockView>;
    remove(passphrase: string): Promise<LockView>;
    setMinutes(minutes: number): Promise<LockView>;
  };
  readonly backup: {
    offer(): Promise<backup.BackupOffer>;
    make(input: In<typeof backup.makeBackupInput>): Out<typeof backup.makeBackupOutput>;
    read(file: string, passphrase: string): Promise<backup.BackupPreview>;
    restore(input: In<typeof backup.restoreBackupInput>): Promise<backup.RestoreBackupOutput>;
    close(): Promise<void>;
  };
  readonly people: {
    list(search: string): Out<typeof people.listPeopleOutput>;
    find(account: string): Out<typeof people.findPersonOutput>;
    register(input: In<typeof people.registerPersonInput>): Promise<people.PersonView>;
    save(input: In<typeof people.savePersonInput>): Promise<people.PersonView>;
    remove(id: string): Promise<void>;
    export(): Out<typeof people.exportPeopleOutput>;
    import(rows: In<typeof people.importPeopleInput>['people']): Out<typeof people.importPeopleOutput>;
  };
  readonly drafts: {
    read(form: string): Promise<Record<string, string> | undefined>;
    save(form: string, fields: Record<string, string>): Promise<void>;
  };
}
