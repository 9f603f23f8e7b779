/** The real world as ports. */
import browser from 'webextension-polyfill';
import { createTranslate } from '../locale/translate.ts';
import type { Ports } from '../ports.ts';
import { alarms } from './alarms.ts';
import { clock } from './clock.ts';
import { createEnvironment } from './environment.ts';
import { createHttp } from './http.ts';
import { identity } from './identity.ts';
import { network } from './network.ts';
import { permissions } from './permissions.ts';
import { random, randomBytes } from './random.ts';
import { session } from './session.ts';
import { createShell } from './shell.ts';

/** @param ready nothing is sent before it has resolved. */
export function createBrowserPorts(ready: Promise<unknown>): Ports {
  return {
    http: createHttp(ready),
    clock,
    random,
    randomBytes,
    crypto: crypto.subtle,
    identity,
    alarms,
    database: { name: 'latchkey' },
    environment: createEnvironment(),
    locks: { run: (name, work) => navigator.locks.request(name, work) },
    session,
    network,
    permissions,
    shell: createShell(),
    translate: createTranslate((key) => browser.i18n.getMessage(key), browser.i18n.getUILanguage()),
    // Codes and ids only, by the port's contract.
    log: { warn: (event, facts) => console.warn(`Latchkey: ${event}`, facts ?? '') },
  };
}
