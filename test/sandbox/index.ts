/** The services on loopback: what tests and `npm start` put in place of the real hosts. */
import { production, trial } from './allegro/environment.ts';
import { AllegroService } from './allegro/service.ts';
import { AuthService } from './auth/service.ts';
import { hivesigner } from './auth/hivesigner.ts';
import { steemconnect } from './auth/steemconnect.ts';
import { steemlogin } from './auth/steemlogin.ts';
import { makeCertificate } from './certificate.ts';
import { SandboxChain } from './chain/chain.ts';
import { answerNode } from './chain/json-rpc.ts';
import { hiveRules, steemRules } from './chain/rules.ts';
import { SandboxClock } from './clock.ts';
import type { SandboxRequest, SandboxResponse } from './messages.ts';
import { textAnswer } from './messages.ts';
import type { Misbehaviour, MisbehaviourRule } from './misbehaviour.ts';
import { Misbehaviours } from './misbehaviour.ts';
import { pageHandlers } from './pages/index.ts';
import { startProxy } from './proxy.ts';
import { RequestLog } from './request-log.ts';
import { startServer } from './server.ts';
import { answerCallbackPage, callbackHost } from './wechat/callback-page.ts';
import { WeChatService } from './wechat/service.ts';
import { XService } from './x/service.ts';
import { AuthingService } from './authing/service.ts';
import { approw, authing } from './authing/brand.ts';
import { OidcService } from './oidc/service.ts';
import { generalServer } from './oidc/settings.ts';

export type { AllegroService } from './allegro/service.ts';
export { activeKeyOf } from './auth/service.ts';
export type { AuthService } from './auth/service.ts';
export type { SandboxChain } from './chain/chain.ts';
export { rareChainTexts } from './chain/rare-texts.ts';
export { htmlAnswer, jsonAnswer, redirectAnswer, textAnswer } from './messages.ts';
export type { SandboxRequest, SandboxResponse } from './messages.ts';
export type { Fault, Misbehaviour, MisbehaviourRule } from './misbehaviour.ts';
export type { RequestFilter } from './request-log.ts';
export type { WeChatService } from './wechat/service.ts';
export type { XService } from './x/service.ts';
export type { AuthingService } from './authing/service.ts';
export type { OidcService } from './oidc/service.ts';

/** Answers for one host; undefined becomes a 404. */
export type PageHandler = (
  request: SandboxRequest,
  sandbox: Sandbox,
) => SandboxResponse | undefined | Promise<SandboxResponse | undefined>;

export interface Sandbox {
  /** The HTTPS server on 127.0.0.1, for every host. */
  readonly port: number;
  /** The CONNECT proxy on 127.0.0.1 that leads every host's port 443 to the server. */
  readonly proxyPort: number;
  /** PEM; self-signed, names every host the sandbox knows. */
  readonly certificate: string;
  readonly steem: SandboxChain;
  readonly hive: SandboxChain;
  readonly auth: {
    readonly steemlogin: AuthService;
    readonly hivesigner: AuthService;
    readonly steemconnect: AuthService;
  };
  /** X, both its sign-ins and its API; the web intents of x.com and twitter.com too. */
  readonly x: XService;
  /** WeChat's website login; `login.bees.example` is the person's own callback domain. */
  readonly wechat: WeChatService;
  /** A general OpenID Connect server. */
  readonly oidc: OidcService;
  /** Authing and its twin of another brand: `.oidc` below the app host, and the older user API. */
  readonly authing: AuthingService;
  readonly approw: AuthingService;
  readonly allegro: AllegroService;
  /** Allegro's own sandbox environment: another world, with the same rules. */
  readonly allegroSandbox: AllegroService;
  /** Web pages by host; handlers can be added while it runs. */
  readonly pages: Map<string, PageHandler>;
  /** Everything that was asked, also of unknown hosts (which are answered 421). */
  readonly requests: RequestLog;
  /** Milliseconds the servers' time is ahead of the machine's, also in the Date header; moves the chains' time too. */
  clockOffsetMs: number;
  /** The first fitting rule that is not used up decides. */
  readonly misbehave: (rule: MisbehaviourRule) => Misbehaviour;
  /** Ends all rules and lets held requests go on. */
  readonly behave: () => void;
  readonly close: () => Promise<void>;
}

export interface SandboxOptions {
  /** More hosts with pages of the test's own. */
  readonly pages?: Readonly<Record<string, PageHandler>>;
}

/** Starts everything on free ports, with empty chains and no apps; see seedSandbox for content. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new SandboxClock();
  const steem = new SandboxChain(steemRules, clock);
  const hive = new SandboxChain(hiveRules, clock);
  const auth = {
    steemlogin: new AuthService(steemlogin, steem, clock),
    hivesigner: new AuthService(hivesigner, hive, clock),
    steemconnect: new AuthService(steemconnect, steem, clock),
  };
  const x = new XService(clock);
  const wechat = new WeChatService(clock);
  const ownPages: Record<string, PageHandler> = { [callbackHost]: answerCallbackPage };
  const pages = new Map(Object.entries({ ...pageHandlers, ...ownPages, ...options.pages }));
  const oidc = new OidcService(generalServer, clock);
  const brands = { authing: new AuthingService(authing, clock), approw: new AuthingService(approw, clock) };
  const allegro = new AllegroService(production, clock);
  const allegroSandbox = new AllegroService(trial, clock);
  const requests = new RequestLog();
  const misbehaviours = new Misbehaviours();

  const services = new Map<string, (request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>>();
  for (const chain of [steem, hive]) {
    for (const host of chain.rules.nodes) services.set(host, (request) => answerNode(chain, request));
  }
  for (const service of Object.values(auth)) {
    for (const host of service.hosts) services.set(host, (request) => service.answer(request));
  }
  for (const host of x.hosts) services.set(host, (request) => x.answer(request));
  for (const host of wechat.hosts) services.set(host, (request) => wechat.answer(request));
  services.set(oidc.host, (request) => oidc.answer(request));
  for (const brand of Object.values(brands)) {
    for (const host of brand.hosts) services.set(host, (request) => brand.answer(request));
  }
  for (const service of [allegro, allegroSandbox]) {
    for (const host of service.hosts) services.set(host, (request) => service.answer(request));
  }

  const answer = async (request: SandboxRequest): Promise<SandboxResponse> => {
    const service = services.get(request.host);
    if (service !== undefined) return service(request);
    const page = pages.get(request.host);
    if (page === undefined) return textAnswer(`The sandbox does not know ${request.host}.`, 421);
    return (await page(request, sandbox)) ?? textAnswer('Not found', 404);
  };

  const certificate = await makeCertificate([...services.keys(), ...pages.keys()]);
  const server = await startServer({
    certificate,
    clock,
    handle: (request) => {
      requests.add(request);
      return misbehaviours.run(request, () => answer(request));
    },
  });
  const proxy = await startProxy(server.port);

  const sandbox: Sandbox = {
    port: server.port,
    proxyPort: proxy.port,
    certificate: certificate.cert,
    steem,
    hive,
    auth,
    x,
    wechat,
    oidc,
    ...brands,
    allegro,
    allegroSandbox,
    pages,
    requests,
    get clockOffsetMs() {
      return clock.offsetMs;
    },
    set clockOffsetMs(ms: number) {
      clock.offsetMs = ms;
    },
    misbehave: (rule) => misbehaviours.add(rule),
    behave: () => misbehaviours.clear(),
    close: async () => {
      misbehaviours.clear();
      await Promise.all([proxy.close(), server.close()]);
      await Promise.all([oidc.close(), brands.authing.oidc.close(), brands.approw.oidc.close()]);
    },
  };
  return sandbox;
}
