/** One sign-in, whatever the protocol: noted while it runs, and only of the person who was expected. */
import type { Client } from '../oauth/token-endpoint.ts';
import type { Ports } from '../ports.ts';
import type { Feature } from '../providers/provider.ts';
import { identityOf } from '../vault/sealed-places.ts';
import type { Vault } from '../vault/vault.ts';
import { assertPerson } from './assert-person.ts';
import type { Engines, SignedIn } from './engines/index.ts';

export interface WalkRequest {
  readonly client: Client;
  readonly isInteractive: boolean;
  /** When an account is renewed, the person it must be. */
  readonly expected?: { readonly account: string; readonly subject: string };
  readonly allow?: readonly Feature[];
  readonly typed?: Readonly<Record<string, string>>;
  /** Ends the wait for the page. */
  readonly signal?: AbortSignal;
}

/**
 * Opens the page, checks what comes back, exchanges it and asks whose it is. Nothing is kept of a walk that fails.
 * @throws AppError `cancelled`, `needs_sign_in` (silent, and the person is needed), `answer_not_ours`, `wrong_person`,
 *   `sign_in_refused`, `app_settings`, and what the network brings.
 */
export async function walkSignIn(
  { clock }: Pick<Ports, 'clock'>,
  vault: Vault,
  engines: Engines,
  {
    client,
    isInteractive,
    expected,
    allow = [],
    typed = {},
    signal = new AbortController().signal,
  }: WalkRequest,
): Promise<SignedIn> {
  const { id } = client.provider;
  const keep = async (secret: string) => {
    if (!isInteractive) return;
    await vault.store.signIns.put({
      provider: id,
      state: await vault.seal(secret, identityOf.signIn(id)),
      startedAt: clock.now(),
      ...(expected === undefined ? {} : { account: expected.account }),
    });
  };
  const request = { isInteractive, isRenewal: expected !== undefined, allow, typed, keep, signal };
  try {
    const signedIn = await engines(client).signIn(client, request);
    if (signedIn.subject !== undefined) assertPerson(signedIn.subject, expected?.subject);
    return signedIn;
  } finally {
    if (isInteractive) await vault.store.signIns.remove(id);
  }
}
