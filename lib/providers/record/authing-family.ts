/** What Authing and servers of the same make under another name have in common. Source: their SDKs and documents. */
import { AppError } from '../../errors.ts';
import {
  authingSettings,
  buildAuthingHeaders,
  headerFamilies,
  languages,
  readTimeLimit,
} from '../../authing/headers.ts';
import { userinfo } from '../lookups/userinfo.ts';
import type { OidcProvider } from './oidc-provider.ts';
import { readBearerFailure } from './read-bearer-failure.ts';
import type { SettingField } from './setting-field.ts';
import { userPoolSettings } from './user-pool-settings.ts';

const longestSeconds = 20;

/** @throws AppError `bad_time_limit` */
function parseTimeLimit(text: string): string {
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > longestSeconds)
    throw new AppError('bad_time_limit', {
      field: authingSettings.timeLimit,
      params: { longest: longestSeconds },
    });
  return String(seconds);
}

function buildSettings(family: (typeof headerFamilies)[number]): SettingField[] {
  return [
    {
      kind: 'choice',
      id: authingSettings.family,
      titleKey: 'setting_header_family',
      hintKey: 'setting_header_family_hint',
      isRequired: true,
      initial: family,
      choices: [
        { value: headerFamilies[0], titleKey: 'setting_header_family_authing' },
        { value: headerFamilies[1], titleKey: 'setting_header_family_approw' },
      ],
    },
    {
      kind: 'choice',
      id: authingSettings.language,
      titleKey: 'setting_language',
      hintKey: 'setting_language_hint',
      isRequired: true,
      initial: languages[0],
      choices: [
        { value: languages[0], titleKey: 'setting_language_english' },
        { value: languages[1], titleKey: 'setting_language_chinese' },
      ],
    },
    {
      kind: 'number',
      id: authingSettings.timeLimit,
      titleKey: 'setting_time_limit',
      isRequired: true,
      initial: '10',
      parse: parseTimeLimit,
    },
    ...userPoolSettings,
  ];
}

type Shared = Omit<OidcProvider, 'id' | 'title' | 'consoleUrl' | 'hosts'>;

/** @param family of headers that the server reads unless the person chooses the other. */
export function buildAuthingFamily(family: (typeof headerFamilies)[number]): Shared {
  return {
    protocol: 'oidc',
    guide: 'authing',
    fields: 'app-id',
    actsFor: 'lookup',
    // Each app has a host of its own.
    bases: { auth: '', api: '' },
    addresses: 'app-host',
    // Documented as lasting in 2020; a setting of each app since.
    refreshTokens: 'unknown',
    settings: buildSettings(family),
    isSecretRequired: false,
    revokes: true,
    revokePage: ({ auth }) => auth,
    lookups: [userinfo],
    readFailure: readBearerFailure,
    issuer: ({ auth }) => `${auth}/oidc`,
    // A refresh token comes with offline_access and the consent that the engine then asks for, and only so.
    scope: () => 'openid profile email phone offline_access',
    accessTokenSeconds: 3600,
    // OpenID Connect Core section 3.1.2.1.
    authorizationParameters: (settings) => ({
      ui_locales: settings[authingSettings.language] ?? languages[0],
    }),
    headers: buildAuthingHeaders,
    timeLimit: readTimeLimit,
  };
}
