import type { Site } from './site.ts';

/** Closed source: only its addresses are known. */
export const peakd: Site = {
  chain: 'hive',
  hosts: ['peakd.com', 'beta.peakd.com'],
  rules: [],
};
