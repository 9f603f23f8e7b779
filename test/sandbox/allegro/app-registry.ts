/** Apps of apps.developer.allegro.pl, and what that site refuses to register. */
import { isIP } from 'node:net';
import { knownScopes } from './scopes.ts';

/** Chosen when the app is made, and not to be changed: `browser` signs in by redirect, `device` by the device flow. */
export type AllegroAppType = 'browser' | 'device';

export interface AllegroAppOptions {
  /** What the consent page calls the app; `Latchkey` when left out. */
  readonly name?: string;
  readonly clientId: string;
  /** Left out where no test needs it: every real app has one, which a public client does not use. */
  readonly clientSecret?: string;
  /** `browser` when left out. */
  readonly type?: AllegroAppType;
  /** Compared to the letter, but for the port of `localhost`. */
  readonly redirectUris?: readonly string[];
  /** The declared scopes; all when left out. */
  readonly scopes?: readonly string[];
}

export interface AllegroApp {
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly type: AllegroAppType;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
}

/** Throws on what the site would refuse. */
export function buildAllegroApp(options: AllegroAppOptions): AllegroApp {
  const { clientId, clientSecret, type = 'browser', redirectUris = [], scopes = knownScopes } = options;
  for (const uri of redirectUris) assertRedirectUri(uri);
  const unknown = scopes.find((scope) => !knownScopes.includes(scope));
  if (unknown !== undefined) throw new Error(`Allegro has no scope ${unknown}`);
  return { name: options.name ?? 'Latchkey', clientId, clientSecret, type, redirectUris, scopes };
}

function assertRedirectUri(uri: string): void {
  const { protocol, hostname, hash } = new URL(uri);
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`Niepoprawny protokół: ${uri}`);
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (isAddress || hostname.includes('_')) throw new Error(`The host can't be registered: ${uri}`);
  if (hash !== '' || uri.endsWith('#')) throw new Error(`A fragment can't be registered: ${uri}`);
  if (/\/\.\.?(\/|$)/.test(uri)) throw new Error(`A relative path can't be registered: ${uri}`);
}

/** Equal to the letter; for `localhost` the port does not count. */
export function hasRedirectUri(app: AllegroApp, uri: string): boolean {
  const bare = (text: string): string => text.replace(/^(https?:\/\/localhost):\d+/, '$1');
  return app.redirectUris.some((registered) => bare(registered) === bare(uri));
}
