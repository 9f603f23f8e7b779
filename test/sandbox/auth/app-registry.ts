/** Apps that may sign people in, and what the service checks about them. */
import { createHash } from 'node:crypto';

export interface AppOptions {
  /** An account name, as on the real services. */
  readonly clientId: string;
  readonly secret?: string;
  readonly redirectUris: readonly string[];
  readonly allowedIps?: readonly string[];
  /** False: the app never let the service's account broadcast for it. */
  readonly hasBroadcaster?: boolean;
}

export interface App {
  readonly clientId: string;
  readonly secretHash: string | undefined;
  readonly redirectUris: readonly string[];
  readonly allowedIps: readonly string[];
  /** Switched off by the service, which only SteemConnect v2 knows. */
  disabled: boolean;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

export function buildApp({ clientId, secret, redirectUris, allowedIps }: AppOptions): App {
  return {
    clientId,
    secretHash: secret === undefined ? undefined : hash(secret),
    redirectUris,
    allowedIps: allowedIps ?? [],
    disabled: false,
  };
}

export function hasSecret(app: App, secret: string | undefined): boolean {
  return secret !== undefined && app.secretHash === hash(secret);
}

/** Equal to the letter; where the service says so, http loopback addresses are compared without their port. */
export function hasRedirectUri(app: App, redirectUri: string, anyLoopbackPort: boolean): boolean {
  if (app.redirectUris.includes(redirectUri)) return true;
  if (!anyLoopbackPort) return false;
  const bare = (uri: string): string => uri.replace(/^(http:\/\/(?:127\.0\.0\.1|localhost)):\d+/, '$1');
  return (
    /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(redirectUri) &&
    app.redirectUris.map(bare).includes(bare(redirectUri))
  );
}
