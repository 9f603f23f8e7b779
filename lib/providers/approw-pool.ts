import { approw } from './approw.ts';
import { defineProvider } from './provider.ts';
import { buildPoolAccount } from './record/user-pool-family.ts';

/** The user pool that an app of Approw belongs to, for people who run it. */
export const approwPool = defineProvider(buildPoolAccount(approw));
