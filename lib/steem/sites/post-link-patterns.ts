import { siteHosts } from './index.ts';

/** Match patterns of links that may lead to a post, for the context menu. */
export const postLinkPatterns: readonly string[] = siteHosts.flatMap((host) => [
  `https://${host}/@*/*`,
  `https://${host}/*/@*/*`,
]);
