/** The hosts that Latchkey itself talks to, from the tables; the manifest's host permissions and the request rules. */
import { providers } from '../providers/index.ts';
import type { Provider } from '../providers/provider.ts';
import { chains } from '../steem/chain.ts';

/** Where requests of a service go: its API, and its token endpoint where that is elsewhere; empty without a preset. */
function listAddresses(provider: Provider): string[] {
  const { bases } = provider;
  const token = provider.protocol === 'oauth2' ? [provider.endpoints(bases).token] : [];
  return [bases.api, ...token].filter((address) => address !== '');
}

const toHosts = (addresses: readonly string[]) => addresses.map((address) => new URL(address).hostname);

/** As match patterns name them: some stand for all names below one. */
export const apiHosts: readonly string[] = [
  ...new Set([
    ...toHosts(providers.flatMap(listAddresses)),
    ...toHosts(Object.values(chains).flatMap(({ nodes }) => nodes)),
    ...providers.flatMap(({ hosts = [] }) => hosts),
  ]),
];

/** Those that want to know which program calls. */
export const userAgentHosts: readonly string[] = [
  ...new Set(
    toHosts(providers.filter(({ wantsUserAgent }) => wantsUserAgent === true).flatMap(listAddresses)),
  ),
];
