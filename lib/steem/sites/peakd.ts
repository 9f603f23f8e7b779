import type { Site } from './site.ts';

/** Closed source: only its addresses are known. */
export const peakd: Site = {
  id: 'peakd',
  chain: 'hive',
  hosts: ['peakd.com', 'beta.peakd.com'],
  rules: [],
};
