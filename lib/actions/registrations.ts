/** The app registrations: what the person typed in Options > Services so that a service knows them. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';
import { lookupParam } from './lookup.ts';

const views = ['options', 'internal'] as const;

export const settingView = z.object({
  id: z.string(),
  title: z.string(),
  hint: z.optional(z.string()),
  kind: z.enum(['text', 'long-text', 'number', 'address', 'choice', 'secret']),
  choices: z.optional(z.array(z.object({ value: z.string(), title: z.string() }))),
  isRequired: z.boolean(),
  /** An address whose host the browser must be asked for, on the click. */
  asksForHost: z.boolean(),
  value: z.string(),
  /** A secret is kept; it never comes back. */
  isKept: z.boolean(),
});
export type SettingView = z.output<typeof settingView>;

/** A way to sign in without a sign-in page: what was typed goes to `accounts.sign-in` with the form's id as `form`. */
export const typedForm = z.object({
  provider: z.string(),
  id: z.string(),
  title: z.string(),
  hint: z.optional(z.string()),
  /** Without any it is a mere button. */
  params: z.array(lookupParam),
});
export type TypedForm = z.output<typeof typedForm>;

export const serviceView = z.object({
  provider: z.string(),
  /** The title of its region in Options, e.g. `SteemLogin`. */
  title: z.string(),
  chain: z.optional(z.enum(['steem', 'hive'])),
  /** Which set-up steps Options shows. */
  guide: z.enum(['steem', 'x', 'twitter', 'allegro', 'oidc', 'authing', 'wechat']),
  /** How the service calls what is pasted: Client ID and Client secret, API key and API key secret, App ID, or AppID. */
  fields: z.enum(['client', 'api-key', 'app-id', 'wechat-app']),
  isSecretRequired: z.boolean(),
  /** On a page that opens, or by a code that the person takes there. */
  signInBy: z.enum(['page', 'code']),
  /** Nothing to type; both addresses below, preset; or one address in `authBase`: the issuer or the app's host. */
  addresses: z.enum(['fixed', 'editable', 'issuer', 'app-host']),
  /** False until a client id was saved. */
  isSetUp: z.boolean(),
  clientId: z.string(),
  /** The secret itself never comes back. */
  hasSecret: z.boolean(),
  /** The redirect address to register at the service, exact to the letter. */
  redirectUrl: z.string(),
  /** Base addresses in force, and the preset ones. */
  authBase: z.string(),
  apiBase: z.string(),
  presetAuthBase: z.string(),
  presetApiBase: z.string(),
  /** Where an app is registered; empty where each server has a place of its own. */
  consoleUrl: z.string(),
  /** The account that the app must authorise on the chain, e.g. `steemlogin`. */
  broadcaster: z.optional(z.string()),
  /** What else the service wants to know. */
  settings: z.array(settingView),
  /** Beside the sign-in page. */
  forms: z.array(typedForm),
  accounts: z.number(),
});
export type ServiceView = z.output<typeof serviceView>;

export const listServices = defineAction({
  id: 'services.list',
  title: 'List the services and their app registrations',
  senders: ['popup', 'options', 'internal'],
  input: z.object({}),
  output: z.object({ services: z.array(serviceView) }),
  run: async ({ registrations }) => ({ services: await registrations.list() }),
});

export const saveServiceInput = z.object({
  provider: z.string(),
  clientId: z.string(),
  /** undefined keeps the secret that is there, an empty text forgets it. */
  clientSecret: z.optional(z.string()),
  authBase: z.string(),
  apiBase: z.string(),
  /** By field id. What is missing stays as it is, an empty text forgets it. */
  settings: z.optional(z.record(z.string(), z.string())),
});
export const saveServiceOutput = z.object({ service: serviceView });
export const saveService = defineAction({
  id: 'services.save',
  title: 'Keep an app registration',
  senders: views,
  input: saveServiceInput,
  output: saveServiceOutput,
  run: async ({ registrations }, input) => ({ service: await registrations.save(input) }),
});
