/** The table of sites that get buttons. The content script's match patterns and the settings are derived from it. */
import { dBuzz } from './d-buzz.ts';
import { ecency } from './ecency.ts';
import { hiveBlog } from './hive-blog.ts';
import { peakd } from './peakd.ts';
import type { Site } from './site.ts';
import { steemit } from './steemit.ts';

export const sites: readonly Site[] = [steemit, hiveBlog, ecency, peakd, dBuzz];

/** The site of a host name, undefined for hosts that get no buttons. */
export function findSite(host: string): Site | undefined {
  return sites.find((site) => site.hosts.includes(host));
}

/** Match patterns for the manifest. */
export const siteMatches: readonly string[] = sites.flatMap((site) =>
  site.hosts.map((host) => `https://${host}/*`),
);

export const siteHosts: readonly string[] = /* @__PURE__ */ sites.flatMap(({ hosts }) => hosts);
