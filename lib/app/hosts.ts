/** The hosts that Latchkey itself talks to, from the tables; the manifest's host permissions and the request rules. */
import { providers } from '../providers/index.ts';
import { chains } from '../steem/chain.ts';

const addresses = [
  ...providers.map(({ bases }) => bases.api),
  ...Object.values(chains).flatMap(({ nodes }) => nodes),
];

export const apiHosts: readonly string[] = [
  ...new Set(addresses.map((address) => new URL(address).hostname)),
];
