import { authing } from './authing.ts';
import { defineProvider } from './provider.ts';
import { buildPasswordAccount } from './record/user-pool-family.ts';

/** Authing by a password, for servers without OpenID Connect. */
export const authingUser = defineProvider(buildPasswordAccount(authing));
