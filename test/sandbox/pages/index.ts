/** The Steem and Hive web pages, by host name. */
import type { PageHandler } from '../index.ts';
import { buildCondenser } from './condenser.ts';
import { dBuzz } from './d-buzz.ts';
import { denser } from './denser.ts';
import { ecency } from './ecency.ts';
import { answerHostilePage } from './hostile.ts';
import { peakd } from './peakd.ts';
import { createSitePages } from './site-page.ts';
import { getPageSwitches } from './switches.ts';

export { claimedPost, hostilePost } from './hostile.ts';
export { getPageSwitches } from './switches.ts';
export type { PageSwitches } from './switches.ts';

const steemit = buildCondenser({ title: 'Steemit', colour: '#06d6a9', currency: 'SBD' });
const olderHiveBlog = buildCondenser({ title: 'Hive', colour: '#e31337', currency: 'HBD' });

const steemitPages = createSitePages(
  ({ steem }) => steem,
  () => steemit,
);
const peakdPages = createSitePages(
  ({ hive }) => hive,
  () => peakd,
);

/** `https://steemit.com/hostile` is the hostile page; see getPageSwitches for what can be switched. */
export const pageHandlers: Readonly<Record<string, PageHandler>> = {
  'steemit.com': (request, sandbox) =>
    request.path === '/hostile' ? answerHostilePage() : steemitPages(request, sandbox),
  'hive.blog': createSitePages(
    ({ hive }) => hive,
    (sandbox) => (getPageSwitches(sandbox).hiveBlogCode === 'older' ? olderHiveBlog : denser),
  ),
  'ecency.com': createSitePages(
    ({ hive }) => hive,
    () => ecency,
  ),
  'peakd.com': peakdPages,
  'beta.peakd.com': peakdPages,
  'd.buzz': createSitePages(
    ({ hive }) => hive,
    () => dBuzz,
  ),
};
