/** What the accounts beside OpenID Connect need: the key for passwords, and the pool's id and secret. */
import { AppError } from '../../errors.ts';
import { poolSettings } from '../../authing/connect-pool.ts';
import { keySettings, keySources } from '../../authing/password-key.ts';
import { parseRsaPublicKey } from '../../authing/rsa-public-key.ts';
import type { SettingField } from './setting-field.ts';

export const userPoolSettings: readonly SettingField[] = [
  {
    kind: 'choice',
    id: keySettings.source,
    titleKey: 'setting_password_key',
    hintKey: 'setting_password_key_hint',
    isRequired: true,
    initial: keySources[0],
    choices: [
      { value: keySources[0], titleKey: 'setting_password_key_server' },
      { value: keySources[1], titleKey: 'setting_password_key_built_in' },
    ],
  },
  {
    kind: 'long-text',
    id: keySettings.pasted,
    titleKey: 'setting_public_key',
    hintKey: 'setting_public_key_hint',
    isRequired: false,
    initial: '',
    parse(text) {
      parseRsaPublicKey(text, keySettings.pasted);
      return text;
    },
  },
  {
    kind: 'text',
    id: poolSettings.id,
    titleKey: 'setting_pool_id',
    hintKey: 'setting_pool_id_hint',
    isRequired: false,
    initial: '',
    parse(text) {
      if (!/^[\x21-\x7e]+$/.test(text)) throw new AppError('bad_client_id', { field: poolSettings.id });
      return text;
    },
  },
  {
    kind: 'secret',
    id: poolSettings.secret,
    titleKey: 'setting_pool_secret',
    hintKey: 'setting_pool_secret_hint',
    isRequired: false,
  },
];
