/** The person's own domain, to which WeChat sends people back: a plain page that redeems nothing. */
import { htmlPage } from '../html.ts';
import type { PageHandler } from '../index.ts';
import { htmlAnswer, withHeaders } from '../messages.ts';

export const callbackHost = 'login.bees.example';
export const callbackAddress = `https://${callbackHost}/wechat/callback`;

/** Counts each visit in `sandbox.wechat.callbackVisits`. */
export const answerCallbackPage: PageHandler = (request, sandbox) => {
  if (request.path !== new URL(callbackAddress).pathname) return undefined;
  sandbox.wechat.callbackVisits.push(request);
  const page = htmlPage('Bees', '<h1>Bees</h1>\n<p>You can close this page.</p>');
  return withHeaders(htmlAnswer(page), { 'referrer-policy': 'no-referrer' });
};
