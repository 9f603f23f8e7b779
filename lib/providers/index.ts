/** The table of providers: the door to a service is a row here. */
import { allegroSandbox } from './allegro-sandbox.ts';
import { allegro } from './allegro.ts';
import { approw } from './approw.ts';
import { approwPool } from './approw-pool.ts';
import { approwUser } from './approw-user.ts';
import { authing } from './authing.ts';
import { authingPool } from './authing-pool.ts';
import { authingUser } from './authing-user.ts';
import { hivesigner } from './hivesigner.ts';
import { oidc } from './oidc.ts';
import type { Provider } from './provider.ts';
import { steemconnect } from './steemconnect.ts';
import { steemlogin } from './steemlogin.ts';
import { twitter } from './twitter.ts';
import { wechat } from './wechat.ts';
import { x } from './x.ts';

export const providers: readonly Provider[] = [
  steemlogin,
  hivesigner,
  steemconnect,
  x,
  twitter,
  allegro,
  allegroSandbox,
  wechat,
  authing,
  authingUser,
  authingPool,
  approw,
  approwUser,
  approwPool,
  oidc,
];

export function findProvider(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}
