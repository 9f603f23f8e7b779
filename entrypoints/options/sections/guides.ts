/** What differs between the families of services in how an app is set up: keys of the texts, in the order of the steps. */
import type { ServiceView } from '../../../lib/actions/registrations.ts';

export const guides = {
  steem: {
    console: 'service_step_console',
    redirect: 'service_step_redirect',
    id: 'service_client_id_hint',
    secret: 'service_secret_hint',
    savedSecret: 'service_secret_saved_hint',
    signIn: 'service_step_sign_in',
  },
  x: {
    console: 'service_x_step_console',
    redirect: 'service_x_step_redirect',
    id: 'service_x_client_id_hint',
    /** A public client has none. */
    secret: undefined,
    savedSecret: undefined,
    signIn: 'service_x_step_sign_in',
  },
  allegro: {
    console: 'service_allegro_step_console',
    redirect: 'service_allegro_step_redirect',
    id: 'service_allegro_client_id_hint',
    secret: 'service_allegro_secret_hint',
    savedSecret: 'service_allegro_secret_saved_hint',
    signIn: 'service_allegro_step_sign_in',
  },
  twitter: {
    console: 'service_twitter_step_console',
    redirect: 'service_x_step_redirect',
    id: 'service_api_key_hint',
    secret: 'service_api_key_secret_hint',
    savedSecret: 'service_api_key_secret_saved_hint',
    signIn: 'service_twitter_step_sign_in',
  },
  oidc: {
    console: 'service_oidc_step_console',
    redirect: 'service_oidc_step_redirect',
    id: 'service_oidc_client_id_hint',
    secret: 'service_oidc_secret_hint',
    savedSecret: 'service_oidc_secret_saved_hint',
    signIn: 'service_oidc_step_sign_in',
  },
  authing: {
    console: 'service_authing_step_console',
    redirect: 'service_authing_step_redirect',
    id: 'service_app_id_hint',
    /** A secret in everybody's browser is none: the app is a public client. */
    secret: undefined,
    savedSecret: undefined,
    signIn: 'service_authing_step_sign_in',
  },
  wechat: {
    console: 'service_wechat_step_console',
    /** People come back to an address of their own; see the field for it. */
    redirect: undefined,
    id: 'service_wechat_app_id_hint',
    secret: 'service_wechat_secret_hint',
    savedSecret: 'service_wechat_secret_saved_hint',
    signIn: 'service_wechat_step_sign_in',
  },
} as const satisfies Readonly<Record<ServiceView['guide'], Readonly<Record<string, string | undefined>>>>;

/** What the service calls the two things that are pasted. */
export const labels = {
  client: { id: 'service_client_id', secret: 'service_client_secret' },
  'wechat-app': { id: 'service_wechat_app_id', secret: 'service_wechat_app_secret' },
  'api-key': { id: 'service_api_key', secret: 'service_api_key_secret' },
  'app-id': { id: 'service_app_id', secret: 'service_client_secret' },
} as const satisfies Readonly<Record<ServiceView['fields'], { id: string; secret: string }>>;
