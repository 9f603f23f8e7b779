import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findSite, siteMatches, sites } from '../../../../lib/steem/sites/index.ts';

describe('the table of sites', () => {
  it('binds each host to one site and one chain', () => {
    const hosts = sites.flatMap((site) => site.hosts);
    expect(new Set(hosts).size).toBe(hosts.length);
    expect(hosts.map((host) => `${host} ${findSite(host)?.chain ?? ''}`)).toEqual([
      'steemit.com steem',
      'hive.blog hive',
      'ecency.com hive',
      'peakd.com hive',
      'beta.peakd.com hive',
      'd.buzz hive',
    ]);
  });

  it('knows no other host, look-alikes least of all', () => {
    for (const host of ['steemitwallet.com', 'steemit.com.evil.example', 'evil-steemit.com', '']) {
      expect(findSite(host)).toBeUndefined();
    }
  });

  it('gives the manifest one pattern a host, https only', () => {
    expect(siteMatches).toHaveLength(sites.flatMap((site) => site.hosts).length);
    for (const match of siteMatches) expect(match).toMatch(/^https:\/\/[a-z.]+\/\*$/);
  });

  it('holds every site that has a file', async () => {
    const shared = [
      'condenser',
      'denser',
      'find-spots',
      'find-spots-by-link',
      'index',
      'post-link-patterns',
      'read-link',
      'site',
    ];
    const files = readdirSync('lib/steem/sites').map((file) => file.replace(/\.ts$/, ''));
    const named = files.filter((file) => !shared.includes(file));
    const found = await Promise.all(
      named.map(async (file) => import(`../../../../lib/steem/sites/${file}.ts`) as Promise<object>),
    );
    expect(new Set(found.flatMap((file) => Object.values(file) as unknown[]))).toEqual(new Set(sites));
  });
});
