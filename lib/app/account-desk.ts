/** Accounts as people meet them: states in words, and sign-ins and sign-outs in the Activity. */
import type { Accounts, AccountState } from '../accounts/accounts.ts';
import type { AccountView } from '../actions/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import type { Health } from '../accounts/health.ts';
import { type AppError, toAppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Ports, Translate } from '../ports.ts';
import type { JournalRecord } from '../vault/schema.ts';
import { buildFailureFields } from './failure-fields.ts';

function viewHealth(health: Health, translate: Translate): AccountView['health'] {
  if (!('trouble' in health)) return health;
  const { trouble, ...view } = health;
  const message = translate(`error_${trouble}`);
  return view.state === 'try_later'
    ? { ...view, message }
    : { ...view, message, isKeyMissing: trouble === 'vault_key_missing' };
}

export function viewAccount(
  { account, provider, health, revokePage }: AccountState,
  translate: Translate,
): AccountView {
  return {
    id: account.id,
    provider: provider.id,
    service: provider.title,
    chain: provider.chain,
    name: account.name,
    scopes: account.scopes,
    actsFor: provider.actsFor,
    health: viewHealth(health, translate),
    defaultFor: account.defaultFor,
    revokePage,
  };
}

export type NotePorts = Pick<Ports, 'clock' | 'random' | 'translate'>;
type AccountFacts = Pick<JournalRecord, 'action' | 'provider' | 'account' | 'name' | 'posted'> & {
  readonly target?: string;
};

/** Writes into the Activity what became of an account, or of something of it. */
export async function noteAccount(
  { clock, random, translate }: NotePorts,
  journal: Journal,
  facts: AccountFacts,
  error?: AppError,
): Promise<void> {
  await journal.add({
    target: `${facts.action}:${facts.name}`,
    ...facts,
    request: random.id(),
    at: clock.now(),
    isReviewed: false,
    outcome: error === undefined ? 'done' : 'failed',
    ...buildFailureFields(error, translate),
  });
}

export function createAccountDesk(
  ports: NotePorts,
  accounts: Accounts,
  {
    journal,
    letGo,
  }: {
    readonly journal: Journal;
    /** Ends what waits to go out by an account. */
    readonly letGo: (account: string) => Promise<void>;
  },
): ActionContext['accounts'] {
  const { translate } = ports;

  async function note(facts: AccountFacts, failure?: unknown) {
    const error = failure === undefined ? undefined : toAppError(failure);
    // A window that the person closed is no failure to look at.
    if (error?.code !== 'cancelled') await noteAccount(ports, journal, facts, error);
  }

  /** The account's part of a note; empty for one that is not there. */
  async function facts(id: string | undefined) {
    const account = id === undefined ? undefined : await accounts.find(id);
    return { account: account?.id ?? '', name: account?.name ?? '', provider: account?.provider ?? '' };
  }

  type SignOut = Awaited<ReturnType<Accounts['signOut']>>;
  /** Sign-outs of this worker by account: who presses twice hears twice how it ended. */
  const signOuts = new Map<string, Promise<SignOut>>();

  async function signOut(id: string, before: Promise<SignOut> | undefined): Promise<SignOut> {
    const former = await before?.catch(() => undefined);
    const who = await facts(id);
    // Gone is what was wanted.
    if (who.account === '') return former ?? { revoked: false, revokePage: undefined };
    // While there is a name to note with it.
    await letGo(id);
    const result = await accounts.signOut(id);
    await note({ action: 'accounts.sign-out', ...who });
    return result;
  }

  return {
    list: async () => (await accounts.list()).map((state) => viewAccount(state, translate)),

    async signIn(provider, options) {
      try {
        const state = await accounts.signIn(provider, options);
        await note({ action: 'accounts.sign-in', ...(await facts(state.account.id)) });
        return viewAccount(state, translate);
      } catch (failure) {
        await note({ action: 'accounts.sign-in', ...(await facts(options.renew)), provider }, failure);
        throw failure;
      }
    },

    findSignIn() {
      const running = accounts.findRunning();
      if (running === undefined) return Promise.resolve({});
      const { provider, endsAt } = running;
      return Promise.resolve({ running: { provider: provider.id, service: provider.title, endsAt } });
    },

    cancelSignIn() {
      accounts.cancelSignIn();
      return Promise.resolve();
    },

    refreshNow: async (id) => viewAccount(await accounts.refreshNow(id), translate),

    signOut(id) {
      const running = signOut(id, signOuts.get(id));
      signOuts.set(id, running);
      return running;
    },

    setDefault: (id, action) => accounts.setDefault(id, action),
  };
}
