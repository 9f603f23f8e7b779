import { AppError } from '../errors.ts';
import { userinfo } from './lookups/userinfo.ts';
import { defineProvider } from './provider.ts';
import { readBearerFailure } from './record/read-bearer-failure.ts';

const scopes = 'scopes';
const otherHosts = 'otherHosts';

/** RFC 6749 section 3.3, with `openid` in front, without which the server would not say who signs in. */
function parseScopes(text: string): string {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  if (!names.every((name) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name)))
    throw new AppError('bad_input', { field: scopes });
  return [...new Set(['openid', ...names])].join(' ');
}

function parseOrigin(text: string): string {
  const address = text.includes('://') ? text : `https://${text}`;
  if (!URL.canParse(address)) throw new AppError('bad_address', { field: otherHosts });
  const { protocol, origin } = new URL(address);
  if (protocol !== 'https:') throw new AppError('bad_address_not_https', { field: otherHosts });
  return origin;
}

function parseOrigins(text: string): string {
  const origins = text.split(/[\s,]+/).filter((address) => address !== '');
  return [...new Set(origins.map(parseOrigin))].join(' ');
}

/** Any server that speaks OpenID Connect Core and Discovery 1.0. The issuer is whatever the person types. */
export const oidc = defineProvider({
  protocol: 'oidc',
  id: 'oidc',
  title: 'OpenID Connect',
  guide: 'oidc',
  fields: 'client',
  actsFor: 'lookup',
  bases: { auth: '', api: '' },
  addresses: 'issuer',
  refreshTokens: 'unknown',
  settings: [
    {
      kind: 'text',
      id: scopes,
      titleKey: 'setting_scopes',
      hintKey: 'setting_scopes_hint',
      isRequired: true,
      initial: 'openid profile email offline_access',
      parse: parseScopes,
    },
    {
      kind: 'address',
      id: otherHosts,
      titleKey: 'setting_other_hosts',
      hintKey: 'setting_other_hosts_hint',
      isRequired: false,
      initial: '',
      asksForHost: true,
      parse: parseOrigins,
    },
  ],
  isSecretRequired: false,
  consoleUrl: '',
  revokes: true,
  revokePage: ({ auth }) => auth,
  lookups: [userinfo],
  readFailure: readBearerFailure,
  issuer: ({ auth }) => auth,
  scope: (settings) => settings[scopes] ?? 'openid',
  otherHosts,
  // OpenID Connect leaves it open; servers that do not say mostly give an hour.
  accessTokenSeconds: 3600,
});
