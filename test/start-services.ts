/** What a newcomer finds set up by `npm start`: an app registered at each stand-in's console, and its id typed in Options. */
import type { Page } from 'puppeteer-core';
import { clientId, registerApp, services, type Journey } from './e2e/journey.ts';
import { registerOidcClients, saveService, typeService } from './e2e/oidc-steps.ts';
import { readRedirectAddress, setUpService } from './e2e/steps.ts';
import { registerXApps } from './e2e/x-steps.ts';
import { seededAllegroApp } from './sandbox/allegro/seed.ts';
import { seededPool } from './sandbox/authing/seed.ts';
import { seededOidcClients } from './sandbox/oidc/seed.ts';
import { seededWeChatApp } from './sandbox/wechat/seed.ts';
import { seededXApp } from './sandbox/x/seed.ts';

/** What a person does at the consoles and on the options page, for all services whose hosts need no further permission. */
export async function setUpServices(journey: Journey, options: Page): Promise<void> {
  const { sandbox } = journey;
  for (const id of ['steemlogin', 'hivesigner'] as const) {
    await registerApp(sandbox, options, id);
    await setUpService(options, { service: services[id].title, clientId });
  }
  await registerXApps(journey, options);
  await setUpService(options, { service: 'X', clientId: seededXApp.clientId });
  const redirectUris = [await readRedirectAddress(options, 'Allegro')];
  sandbox.allegro.registerApp({ ...seededAllegroApp, redirectUris });
  await setUpService(options, { service: 'Allegro', clientId: seededAllegroApp.clientId });
  await registerOidcClients(sandbox.authing.oidc, options, 'Authing');
  await saveService(options, 'Authing', { 'App ID': seededPool.appId, 'App host': 'bees.authing.cn' });
}

/** Types what the others need: the browser asks for their hosts when the person presses Save or Sign in. */
export async function typeServices({ sandbox }: Journey, options: Page): Promise<void> {
  await registerOidcClients(sandbox.oidc, options, 'OpenID Connect');
  await typeService(options, 'OpenID Connect', {
    'Client ID': seededOidcClients.plain,
    Issuer: sandbox.oidc.issuer,
  });
  const { appId, appSecret, callbackAddress } = seededWeChatApp;
  await typeService(options, 'WeChat', {
    AppID: appId,
    AppSecret: appSecret,
    'Callback address': callbackAddress,
  });
}
