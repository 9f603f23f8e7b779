import type { ServiceView } from '../../../lib/actions/registrations.ts';

export const steemLogin: ServiceView = {
  provider: 'steemlogin',
  title: 'SteemLogin',
  chain: 'steem',
  guide: 'steem',
  fields: 'client',
  isSecretRequired: false,
  addresses: 'editable',
  settings: [],
  forms: [],
  isSetUp: false,
  clientId: '',
  hasSecret: false,
  redirectUrl: 'https://abc.chromiumapp.org/steemlogin',
  authBase: 'https://steemlogin.com',
  apiBase: 'https://api.steemlogin.com',
  presetAuthBase: 'https://steemlogin.com',
  presetApiBase: 'https://api.steemlogin.com',
  consoleUrl: 'https://steemlogin.com/developers',
  broadcaster: 'steemlogin',
  accounts: 0,
};
