/** What stands before Allegro's endpoints: the check of the Origin, of the User-Agent, and the guards against robots. */
import { randomBytes } from 'node:crypto';
import { htmlPage } from '../html.ts';
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { htmlAnswer, redirectAnswer, textAnswer } from '../messages.ts';
import type { AllegroService } from './service.ts';

/** Where refused callers are sent; the real path is not on record. */
export const blockPath = '/blocked';

/** `Name/version (+https://page)`, the name as the app is registered. */
const userAgent = /^Latchkey\/\d+(\.\d+)* \(\+https:\/\/[^\s()]+\)$/;

/** The refusal of a program's call (token, device, API), or undefined when it may go on. */
export function findBorderRefusal(
  service: AllegroService,
  request: SandboxRequest,
): SandboxAnswer | undefined {
  const { origin } = request.headers;
  const isOwn = origin === undefined || origin === `https://${service.environment.webHost}`;
  if (!isOwn) return textAnswer('Invalid CORS request', 403);
  const isNamed = userAgent.test(request.client);
  if (service.requiresUserAgent && !isNamed) return buildBlockPage(403);
  if (service.blocking === 'datadome') return buildDataDomePage();
  if (service.blocking === 'redirect') return buildBlockRedirect(service);
  return service.takeNextError(request);
}

export function buildBlockRedirect({ environment }: AllegroService): SandboxAnswer {
  return redirectAnswer(`https://${environment.webHost}${blockPath}`);
}

export function buildBlockPage(status: number): SandboxAnswer {
  return htmlAnswer(
    htmlPage('Allegro', '<h1>Zostałeś zablokowany</h1>\n<p>You have been blocked.</p>'),
    status,
  );
}

/** The anti-bot service's page: its challenge is a script of another host. */
export function buildDataDomePage(): SandboxAnswer {
  const challenge = `https://geo.captcha-delivery.com/captcha/?cid=${randomBytes(8).toString('hex')}`;
  return htmlAnswer(
    htmlPage(
      'allegro.pl',
      `<p id="cmsg">Please enable JS and disable any ad blocker</p>\n<iframe title="captcha" src="${challenge}"></iframe>`,
    ),
    403,
  );
}
