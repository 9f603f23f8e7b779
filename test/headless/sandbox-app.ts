/** The product against the sandbox in one Node process, as a test starts it. */
import { AppError } from '../../lib/errors.ts';
import type { Identity } from '../../lib/ports.ts';
import { createApp, type App } from '../../lib/app/create-app.ts';
import { providers } from '../../lib/providers/index.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { seedSandbox } from '../sandbox/seed.ts';
import { seededOidcClients } from '../sandbox/oidc/seed.ts';
import { seededAllegroApp, seededAllegroUsers } from '../sandbox/allegro/seed.ts';
import { seededWeChatApp } from '../sandbox/wechat/seed.ts';
import { seededXApp } from '../sandbox/x/seed.ts';
import { createNodePorts, type NodePorts, SwitchedNetwork, VirtualClock } from './node-ports.ts';
import { type Phone, scanQrPage } from './phone.ts';
import { createSandboxHttp } from './sandbox-http.ts';

export const clientId = 'latchkey.app';
export const secret = 'sandbox-secret';

export interface SandboxApp {
  readonly sandbox: Sandbox;
  readonly clock: VirtualClock;
  /** How far the services' clocks are ahead of the machine's, in ms; in force when time passes next. */
  readonly drift: { ms: number };
  /** What the machine says of its network; the sandbox answers either way. */
  readonly network: SwitchedNetwork;
  readonly ports: NodePorts;
  /** Hears of each step out of the worker before it is taken. */
  readonly steps: { onStep: () => void };
  readonly app: App;
  /** The person at the sign-in pages: whose "Allow" they press where a page asks; undefined closes the window. */
  readonly person: { allows: string | undefined };
  /** Answers the QR pages. */
  readonly phone: Phone;
  /** Kills the worker and starts another over the same vault, after the browser's own end or while it goes on. */
  restart(goesOn?: { readonly inSameBrowser: true }): App;
  /** Another start over the same vault while this one lives, like a second context. */
  startBeside(): App;
  /** A start over an empty vault, like a browser profile of another machine. */
  startElsewhere(): { readonly app: App; readonly ports: NodePorts };
  close(): Promise<void>;
}

const hiddenField = /<input type="hidden" name="([^"]*)" value="([^"]*)">/g;
const unescape = (text: string) =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' })[entity] ?? "'",
  );

/** Presses the button of a consent page that names this login. */
async function pressAllow(
  http: ReturnType<typeof createSandboxHttp>,
  url: string,
  page: string,
  login: string,
) {
  const fields = [...page.matchAll(hiddenField)].map(([, name = '', value = '']) => [
    unescape(name),
    unescape(value),
  ]);
  const body = new URLSearchParams([...fields, ['allow', login]]);
  const { origin, pathname } = new URL(url);
  return http(new Request(`${origin}${pathname}`, { method: 'POST', body }));
}

/** A person's browser in one line: opens the sign-in page and is sent back, where the service asks nothing. */
export function follow(
  http: ReturnType<typeof createSandboxHttp>,
  person: SandboxApp['person'],
  phone: Phone,
): Identity['authorize'] {
  return async ({ url, interactive, capture }) => {
    if (capture !== undefined) return scanQrPage(http, phone, url);
    const first = await http(new Request(url));
    const { allows } = person;
    const isAsked = first.headers.get('location') === null && interactive;
    const response =
      isAsked && allows !== undefined ? await pressAllow(http, url, await first.text(), allows) : first;
    const location = response.headers.get('location');
    // The page asks for something, and there is nobody to click: a person would close the window.
    if (location === null) throw new AppError(interactive ? 'cancelled' : 'needs_sign_in');
    return location;
  };
}

export async function startSandboxApp(): Promise<SandboxApp> {
  const sandbox = await startSandbox();
  const drift = { ms: 0 };
  const clock = new VirtualClock((offsetMs) => (sandbox.clockOffsetMs = offsetMs + drift.ms));
  const http = createSandboxHttp(sandbox.port);
  const person: SandboxApp['person'] = { allows: undefined };
  const phone: Phone = { person: undefined };
  const network = new SwitchedNetwork();
  const steps: SandboxApp['steps'] = { onStep: () => undefined };
  const options = {
    http,
    authorize: follow(http, person, phone),
    clock,
    network,
    databaseName: crypto.randomUUID(),
    alarmTimes: new Map<string, number>(),
    onStep: () => steps.onStep(),
  };
  let session = new Map<string, unknown>();
  const ports = createNodePorts({ ...options, session });
  seedSandbox(sandbox, {
    clientId,
    secret,
    redirectUris: providers.map(({ id }) => ports.identity.redirectUrl(id)),
  });
  let current = ports;
  const apps: App[] = [];
  const start = (with_: NodePorts) => {
    const app = createApp(with_);
    apps.push(app);
    return app;
  };
  return {
    sandbox,
    clock,
    drift,
    network,
    ports,
    steps,
    person,
    phone,
    app: start(ports),
    restart: (goesOn) => {
      current.kill();
      if (goesOn === undefined) session = new Map();
      current = createNodePorts({ ...options, session });
      return start(current);
    },
    startBeside: () => start(createNodePorts(options)),
    startElsewhere: () => {
      const elsewhere = createNodePorts({
        ...options,
        databaseName: crypto.randomUUID(),
        alarmTimes: new Map(),
      });
      return { app: start(elsewhere), ports: elsewhere };
    },
    close: async () => {
      await Promise.all(apps.map((app) => app.close()));
      await sandbox.close();
    },
  };
}

/** Sets Allegro up, publicly or with its secret, and signs the seeded shop in. */
export async function signInToAllegro(
  { app, person }: Pick<SandboxApp, 'app' | 'person'>,
  registration: { readonly clientId: string; readonly clientSecret?: string } = seededAllegroApp,
  allow: ('offers' | 'orders')[] = [],
): Promise<string> {
  const bases = { authBase: '', apiBase: '' };
  await app.invoke('services.save', { provider: 'allegro', ...registration, ...bases });
  person.allows = seededAllegroUsers.seller;
  return (await app.invoke('accounts.sign-in', { provider: 'allegro', allow })).account.id;
}

/** The same by OAuth 1.0a, with the API key and its secret. */
export async function signInToTwitter({
  app,
  sandbox,
}: Pick<SandboxApp, 'app' | 'sandbox'>): Promise<string> {
  const bases = { authBase: 'https://api.x.com', apiBase: 'https://api.x.com' };
  const { apiKey, apiKeySecret, clientId } = seededXApp;
  await app.invoke('services.save', {
    provider: 'twitter',
    clientId: apiKey,
    clientSecret: apiKeySecret,
    ...bases,
  });
  sandbox.x.autoConsent(clientId, 'bob_on_x');
  return (await app.invoke('accounts.sign-in', { provider: 'twitter' })).account.id;
}

/** Sets WeChat up with the seeded website app. */
export async function setUpWeChat({ app }: Pick<SandboxApp, 'app'>): Promise<void> {
  const { appId, appSecret, callbackAddress } = seededWeChatApp;
  await app.invoke('services.save', {
    provider: 'wechat',
    clientId: appId,
    clientSecret: appSecret,
    authBase: '',
    apiBase: '',
    settings: { callback: callbackAddress },
  });
}

/** Sets X up and signs Bob in there, who needs no click. */
export async function signInToX(
  { app, sandbox }: Pick<SandboxApp, 'app' | 'sandbox'>,
  allow: ('post' | 'follows')[] = ['post'],
): Promise<string> {
  const bases = { authBase: 'https://x.com', apiBase: 'https://api.x.com' };
  await app.invoke('services.save', { provider: 'x', clientId: seededXApp.clientId, ...bases });
  sandbox.x.autoConsent(seededXApp.clientId, 'bob_on_x');
  return (await app.invoke('accounts.sign-in', { provider: 'x', allow })).account.id;
}

/** Sets the general OpenID Connect server up, with one of its clients, and signs Bob in, who needs no click. */
export async function signInToOidc(
  { app, sandbox }: Pick<SandboxApp, 'app' | 'sandbox'>,
  clientId: string = seededOidcClients.plain,
  clientSecret?: string,
): Promise<string> {
  await app.invoke('services.save', {
    provider: 'oidc',
    clientId,
    authBase: sandbox.oidc.issuer,
    apiBase: '',
    ...(clientSecret === undefined ? {} : { clientSecret }),
  });
  sandbox.oidc.autoConsent(clientId, 'bob');
  return (await app.invoke('accounts.sign-in', { provider: 'oidc' })).account.id;
}

/** Sets a service up and signs a person in who needs no click. */
export async function signInAs(
  { app, sandbox }: Pick<SandboxApp, 'app' | 'sandbox'>,
  provider: 'steemlogin' | 'hivesigner' | 'steemconnect',
  name: string,
  clientSecret = '',
): Promise<string> {
  const { services } = await app.invoke('services.list', {});
  const service = services.find((row) => row.provider === provider);
  if (service === undefined) throw new Error(`No service ${provider}`);
  const { authBase, apiBase } = service;
  await app.invoke('services.save', { provider, clientId, clientSecret, authBase, apiBase });
  sandbox.auth[provider].signedIn.push(name);
  sandbox.auth[provider].autoConsent(clientId, name);
  return (await app.invoke('accounts.sign-in', { provider })).account.id;
}
