import { fileURLToPath } from 'node:url';
import { defineConfig } from 'wxt';
import packageFacts from './package.json' with { type: 'json' };
import { apiHosts } from './lib/app/hosts.ts';
import { siteMatches } from './lib/steem/sites/index.ts';

/** Makes the Chromium id of every build the same: aljgmkdkgjdfblkepnlnfeflpidbbmcn. The public half only. */
const publicKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsKTuT2nrYRMLV/H1maCYXOW2tKdjIiF3Htr9OOmun/sBatXhsIxS0ZPz05+/OavkGA3HKV7V95Ng6xwGLaumSgL/pkfdsLrkETxNL+suKUTO15D7ouXN+UQ/TWpQC5ilgBAaNOXwQZQ9ySLWeN/KQQ0tKv2PeML2L6oGIYs/abdtoxq39wWjaVhh1YhbRGsAG8n9woZfaxV0o+ubIb7Go31lhl/1TTOECImRnow30NSUbiihCy3ru9DSyn88MFaIX0HRXWwQblpWDDSjNCpTGFMCrp5zAqGsfhIpAfrkIoLTGyxwPNThfNtDPjrT+aq13+DFuiysO4sAZ16sBrNW0wIDAQAB';

/** Own scripts and styles only. Requests go to any https address, since people may type a host of their own. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  'connect-src https: http://localhost:* http://127.0.0.1:*',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Vite wraps each dynamic import into a function that asks for the files of the new part ahead of time, and for styles of
 * its own, of which there are none. Ours lie on the person's disk: the wrapper is 0.8 kB of the popup and wins nothing.
 */
const plainImports = {
  name: 'plain-imports',
  enforce: 'pre' as const,
  load: (id: string) =>
    id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load();' : undefined,
};

export default defineConfig({
  imports: false,
  publicDir: 'assets/static',
  manifestVersion: 3,
  vite: () => ({
    plugins: [plainImports],
    // All files lie in the package: there is no way so long that one would be fetched ahead of another.
    build: { modulePreload: false },
    // The stand-in says why.
    resolve: {
      alias: {
        'wxt/utils/content-script-context': fileURLToPath(
          new URL('./lib/platform/script-context.ts', import.meta.url),
        ),
      },
    },
  }),
  zip: {
    // What Mozilla's reviewers rebuild from; a list, so that a stray file changes nothing.
    includeSources: [
      '.config/sbom.ts',
      'assets/**',
      'entrypoints/**',
      'lib/**',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'wxt.config.ts',
    ],
  },
  manifest: ({ browser }) => ({
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    homepage_url: packageFacts.homepage,
    default_locale: 'en',
    permissions: [
      'identity',
      'alarms',
      'storage',
      'unlimitedStorage',
      'declarativeNetRequestWithHostAccess',
      'contextMenus',
      'activeTab',
    ],
    host_permissions: apiHosts.map((host) => `https://${host}/*`),
    optional_host_permissions: ['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*'],
    // The page script loads it on the first click on Vote.
    web_accessible_resources: [{ resources: ['vote-popover.js'], matches: [...siteMatches] }],
    content_security_policy: { extension_pages: contentSecurityPolicy },
    ...(browser === 'firefox'
      ? {
          incognito: 'not_allowed' as const,
          browser_specific_settings: {
            gecko: {
              id: 'latchkey@latchkey.app',
              strict_min_version: '140.0',
              // What a person sends to the services they signed in to: tokens, tweets, votes on posts.
              data_collection_permissions: {
                required: ['authenticationInfo', 'personalCommunications', 'websiteContent'],
              },
            },
          },
        }
      : { key: publicKey, minimum_chrome_version: '140' }),
  }),
});
