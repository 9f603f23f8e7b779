import { approw } from './approw.ts';
import { defineProvider } from './provider.ts';
import { buildPasswordAccount } from './record/user-pool-family.ts';

/** Approw by a password, for servers without OpenID Connect. */
export const approwUser = defineProvider(buildPasswordAccount(approw));
