import { authing } from './authing.ts';
import { defineProvider } from './provider.ts';
import { buildPoolAccount } from './record/user-pool-family.ts';

/** The user pool that an app of Authing belongs to, for people who run it. */
export const authingPool = defineProvider(buildPoolAccount(authing));
