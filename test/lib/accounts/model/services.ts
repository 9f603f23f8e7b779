/** Four services that renew tokens in four ways, each as strict as its sandbox, spoken to without a socket. */
import { buildUserAgent } from '../../../../lib/platform/user-agent.ts';
import { production } from '../../../sandbox/allegro/environment.ts';
import { seedAllegro, seededAllegroSecretApp, seededAllegroUsers } from '../../../sandbox/allegro/seed.ts';
import { AllegroService } from '../../../sandbox/allegro/service.ts';
import { AuthService } from '../../../sandbox/auth/service.ts';
import { steemlogin } from '../../../sandbox/auth/steemlogin.ts';
import { SandboxChain } from '../../../sandbox/chain/chain.ts';
import { steemRules } from '../../../sandbox/chain/rules.ts';
import type { SandboxClock } from '../../../sandbox/clock.ts';
import type { SandboxRequest, SandboxResponse } from '../../../sandbox/messages.ts';
import { seededXApp, seedX } from '../../../sandbox/x/seed.ts';
import { XService } from '../../../sandbox/x/service.ts';

export const rotations = ['grace', 'single-use', 'stable', 'none'] as const;
/**
 * - `grace` (Allegro): each use gives a new pair, the old refresh token is taken for 60 s more.
 * - `single-use` (X): a refresh token that comes twice ends the whole sign-in.
 * - `stable` (SteemLogin): each use gives a new one, and all of before stay good.
 * - `none` (SteemLogin without a secret): no refresh token, the sign-in page is walked unseen.
 */
export type Rotation = (typeof rotations)[number];

export interface ModelService {
  readonly registration: {
    readonly provider: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly authBase: string;
    readonly apiBase: string;
  };
  /** Seconds an access token lives. */
  readonly accessTokenSeconds: number;
  /** The login for which "Allow" is pressed where the page asks. */
  readonly person: string;
  answer(request: SandboxRequest): SandboxResponse;
  /** What the server would make of this refresh token now. */
  judge(refreshToken: string): 'good' | 'in grace' | 'gone';
  isGoodAccess(accessToken: string): boolean;
  /** The sign-in that a refresh token is of. */
  familyOf(refreshToken: string): unknown;
}

const redirectUris = ['allegro', 'x', 'steemlogin'].map((id) => `https://latchkey.chromiumapp.org/${id}`);

function createAllegro(clock: SandboxClock): ModelService {
  const service = new AllegroService(production, clock);
  seedAllegro(service, { redirectUris });
  const { sessions } = service;
  return {
    registration: { provider: 'allegro', ...seededAllegroSecretApp, authBase: '', apiBase: '' },
    accessTokenSeconds: service.accessTokenSeconds,
    person: seededAllegroUsers.seller,
    answer: (request) => service.answer(request),
    judge(text) {
      const token = sessions.findRefresh(text);
      if (token === undefined || token.session.isEnded || !sessions.mayRefresh(token)) return 'gone';
      return token.usedAt === undefined ? 'good' : 'in grace';
    },
    isGoodAccess(text) {
      const token = sessions.findAccess(text);
      return token !== undefined && sessions.isGood(token);
    },
    familyOf: (text) => sessions.findRefresh(text)?.session,
  };
}

function createX(clock: SandboxClock): ModelService {
  const service = new XService(clock);
  seedX(service, { redirectUris });
  service.autoConsent(seededXApp.clientId, 'bob_on_x');
  const isGood = (text: string) => {
    const token = service.grants.find(text);
    return token !== undefined && service.grants.isGood(token);
  };
  return {
    registration: {
      provider: 'x',
      clientId: seededXApp.clientId,
      clientSecret: '',
      authBase: 'https://x.com',
      apiBase: 'https://api.x.com',
    },
    accessTokenSeconds: service.accessTokenSeconds,
    person: 'bob_on_x',
    answer: (request) => service.answer(request),
    judge: (text) => (isGood(text) ? 'good' : 'gone'),
    isGoodAccess: isGood,
    familyOf: (text) => service.grants.find(text)?.grant,
  };
}

function createSteemLogin(clock: SandboxClock, clientSecret: string): ModelService {
  const chain = new SandboxChain(steemRules, clock);
  const service = new AuthService(steemlogin, chain, clock);
  const clientId = 'latchkey.app';
  service.registerApp({ clientId, secret: 'sandbox-secret', redirectUris });
  chain.addAccount({ name: 'bob', postingAuths: [clientId] });
  service.signedIn = ['bob'];
  service.autoConsent(clientId, 'bob');
  const isGood = (text: string) => service.findGoodToken(text) !== undefined;
  return {
    registration: {
      provider: 'steemlogin',
      clientId,
      clientSecret,
      authBase: 'https://steemlogin.com',
      apiBase: 'https://api.steemlogin.com',
    },
    accessTokenSeconds: service.accessTokenSeconds,
    person: 'bob',
    answer: (request) => service.answer(request),
    judge: (text) => (isGood(text) ? 'good' : 'gone'),
    isGoodAccess: isGood,
    // All its tokens of one person and app are as good as each other.
    familyOf: () => 'bob',
  };
}

export function createModelService(rotation: Rotation, clock: SandboxClock): ModelService {
  switch (rotation) {
    case 'grace':
      return createAllegro(clock);
    case 'single-use':
      return createX(clock);
    case 'stable':
      return createSteemLogin(clock, 'sandbox-secret');
    case 'none':
      return createSteemLogin(clock, '');
  }
}

/** The request as a sandbox service reads it. */
export async function toSandboxRequest(request: Request): Promise<SandboxRequest> {
  const url = new URL(request.url);
  return {
    host: url.host,
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(request.headers),
    body: await request.clone().text(),
    at: Date.now(),
    client: buildUserAgent('0.0.0', 'https://example.com/latchkey'),
  };
}
