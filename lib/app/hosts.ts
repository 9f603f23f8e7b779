/** The hosts that Latchkey itself talks to, from the tables; the manifest's host permissions and the request rules. */
import { providers } from '../providers/index.ts';
import { chains } from '../steem/chain.ts';

// A service that is somewhere else for everybody has no preset address.
const addresses = [
  ...providers.map(({ bases }) => bases.api).filter((address) => address !== ''),
  ...Object.values(chains).flatMap(({ nodes }) => nodes),
];

/** As match patterns name them: some stand for all names below one. */
export const apiHosts: readonly string[] = [
  ...new Set([
    ...addresses.map((address) => new URL(address).hostname),
    ...providers.flatMap(({ hosts = [] }) => hosts),
  ]),
];
