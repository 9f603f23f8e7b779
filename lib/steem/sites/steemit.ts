import { condenserRules } from './condenser.ts';
import type { Site } from './site.ts';

export const steemit: Site = {
  chain: 'steem',
  hosts: ['steemit.com'],
  rules: condenserRules,
};
