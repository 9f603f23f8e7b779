/** The production builds as files: permissions, hosts, sizes, and what must not be in them. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { providers } from '../../lib/providers/index.ts';
import { chains } from '../../lib/steem/chain.ts';
import { siteHosts } from '../../lib/steem/sites/index.ts';
import { importedAtOnce, importedEver, listLoaded } from '../list-loaded.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

interface Manifest {
  readonly manifest_version: number;
  readonly permissions: readonly string[];
  readonly optional_permissions?: readonly string[];
  readonly host_permissions: readonly string[];
  readonly optional_host_permissions: readonly string[];
  readonly web_accessible_resources: readonly object[];
  readonly content_scripts: readonly {
    readonly matches: readonly string[];
    readonly js: readonly string[];
  }[];
  readonly content_security_policy: { readonly extension_pages: string };
  readonly key?: string;
  readonly browser_specific_settings?: { readonly gecko: { readonly id: string } };
}

/** First cells of the README's table whose head is `title`. */
function readTable(title: string): string[] {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\| ${title} +\\|`).test(line));
  expect(start).toBeGreaterThan(0);
  const rows = lines.slice(start + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => line.split('|')[1] ?? '');
}
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const sourceOf = (folder: string) =>
  globSync('**/*.{ts,tsx}', { cwd: join(root, folder) }).map((path) =>
    readFileSync(join(root, folder, path), 'utf8'),
  );
/** Only the platform speaks to the browser; the vault is told its database. */
const platform = [...sourceOf('lib/platform'), ...sourceOf('lib/vault')];

/** By what call of the browser each permission is used that there could be. */
const uses: Readonly<Record<string, RegExp>> = {
  identity: /browser\.identity\.launchWebAuthFlow/,
  alarms: /browser\.alarms\./,
  storage: /browser\.storage\./,
  // It keeps IndexedDB from being thrown away.
  unlimitedStorage: /\bopenDB\b/,
  declarativeNetRequestWithHostAccess: /browser\.declarativeNetRequest\./,
  contextMenus: /browser\.contextMenus\./,
  // The address and title of the tab in front.
  activeTab: /browser\.tabs\.query\(/,
  bookmarks: /browser\.bookmarks\./,
  cookies: /browser\.cookies\./,
  downloads: /browser\.downloads\./,
  history: /browser\.history\./,
  idle: /browser\.idle\./,
  management: /browser\.management\./,
  nativeMessaging: /(?:connect|sendMessage)Native/,
  notifications: /browser\.notifications\./,
  offscreen: /\.offscreen\./,
  proxy: /browser\.proxy\./,
  scripting: /browser\.scripting\./,
  webNavigation: /browser\.webNavigation\./,
  webRequest: /browser\.webRequest\./,
};

describe.each(['chrome-mv3', 'firefox-mv3'])('%s', (build) => {
  const folder = join(root, '.output', build);
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  // Our own build, whose parts are what is checked here.
  const manifest = JSON.parse(read('manifest.json')) as Manifest;
  const scripts = globSync('**/*.js', { cwd: folder });

  test('asks for the permissions that the README gives a reason for, and no other', () => {
    expect(manifest.manifest_version).toBe(3);
    const asked = [...manifest.permissions, ...(manifest.optional_permissions ?? [])];
    expect(asked.toSorted()).toEqual(readTable('permission').flatMap(quoted).toSorted());
  });

  test('asks for the hosts of the tables, all of them in the README', () => {
    const nodes = Object.values(chains).flatMap((chain) => chain.nodes);
    const tokens = providers.flatMap((provider) =>
      provider.protocol === 'oauth2' ? [provider.endpoints(provider.bases).token] : [],
    );
    const addresses = [...providers.map(({ bases }) => bases.api), ...tokens, ...nodes];
    const hosts = [
      ...addresses.filter((address) => address !== '').map((address) => new URL(address).host),
      ...providers.flatMap((provider) => provider.hosts ?? []),
    ];
    expect(manifest.host_permissions.toSorted()).toEqual(
      [...new Set(hosts)].map((host) => `https://${host}/*`).toSorted(),
    );
    const matches = manifest.content_scripts.flatMap((script) => script.matches);
    expect(matches.toSorted()).toEqual(siteHosts.map((host) => `https://${host}/*`).toSorted());
    const named = readTable('hosts').flatMap(quoted);
    expect(named).toEqual(expect.arrayContaining([...hosts, ...siteHosts]));
  });

  test('has a stable id and runs its own scripts only', () => {
    expect(manifest.key ?? manifest.browser_specific_settings?.gecko.id).toMatch(/./);
    expect(manifest.content_security_policy).toEqual({
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        'connect-src https: http://localhost:* http://127.0.0.1:*; ' +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    });
  });

  test('asks for no permission without a use in the code, and uses none without asking', () => {
    const used = Object.entries(uses).filter(([, use]) => platform.some((text) => use.test(text)));
    expect(used.map(([permission]) => permission).toSorted()).toEqual(manifest.permissions.toSorted());
    expect(manifest.optional_permissions ?? []).toEqual([]);
    // What people type in Options: asked for with `permissions.request`, on the click.
    expect(manifest.optional_host_permissions).toEqual([
      'https://*/*',
      'http://localhost/*',
      'http://127.0.0.1/*',
    ]);
    expect(platform.some((text) => text.includes('permissions.request('))).toBe(true);
  });

  test('Page attack 10: runs in no frame of a page', () => {
    for (const script of manifest.content_scripts)
      for (const key of ['all_frames', 'match_about_blank', 'match_origin_as_fallback'])
        expect(script).not.toHaveProperty([key]);
  });

  test('Page attack 12: has no door for other extensions, programs or pages', () => {
    for (const key of ['externally_connectable', 'sandbox', 'user_scripts'])
      expect(manifest).not.toHaveProperty([key]);
    for (const text of platform)
      expect(text).not.toMatch(/onMessageExternal|onConnect|onUserScript|connectNative/);
    const { web_accessible_resources: open } = manifest;
    expect(open).toMatchObject([
      { resources: ['vote-popover.js'], matches: siteHosts.map((host) => `https://${host}/*`) },
    ]);
  });

  test('keeps to its budget of bytes', () => {
    expect(statSync(join(folder, 'content-scripts/steem.js')).size).toBeLessThanOrEqual(12_000);
    const weigh = (imports: RegExp) => {
      const loaded = listLoaded(folder, 'popup.html', imports).filter((path) => path.endsWith('.js'));
      return loaded.reduce((sum, path) => sum + gzipSync(read(path)).length, 0);
    };
    const [atOnce, inAll] = [weigh(importedAtOnce), weigh(importedEver)];
    expect(atOnce).toBeGreaterThan(10_000);
    expect(atOnce).toBeLessThanOrEqual(30_000);
    // The other tabs come when the popup has nothing else to do.
    expect(inAll).toBeGreaterThan(atOnce);
    expect(inAll).toBeLessThanOrEqual(48_000);
  });

  test('brings no library to the pages of others', () => {
    for (const path of ['content-scripts/steem.js', 'vote-popover.js']) {
      expect(read(path)).not.toMatch(/zod|preact|webextension-polyfill|ZodMini/i);
    }
    for (const path of listLoaded(folder, 'popup.html', importedEver))
      expect(read(path)).not.toMatch(/ZodMini|\$ZodType/);
  });

  test('has no style that comes later than its page: nothing would load it (see wxt.config.ts)', () => {
    const pages = globSync('*.html', { cwd: folder }).map(read).join('');
    const styles = globSync('assets/*.css', { cwd: folder });
    expect(styles.length).toBeGreaterThan(1);
    expect(styles.filter((path) => !pages.includes(path))).toEqual([]);
  });

  test('makes no code from text and loads none from elsewhere', () => {
    expect(scripts.length).toBeGreaterThan(3);
    for (const path of scripts) {
      const text = read(path);
      expect(text).not.toMatch(/\beval\(|importScripts\(|import\(["'`]https?:/);
      // zod tries whether it may make functions from text; `jitless` keeps it from trying.
      if (/\bFunction\(/.test(text)) expect(text).toMatch(/jitless:\s*(!0|true)/);
    }
    for (const page of globSync('*.html', { cwd: folder })) expect(read(page)).not.toMatch(/https?:\/\//);
  });

  test('knows nothing of the sandbox', () => {
    for (const path of scripts)
      expect(read(path)).not.toMatch(/sandbox-secret|P5active|\.example\b|sandbox\.steem/);
    expect(existsSync(join(folder, 'test'))).toBe(false);
  });
});
