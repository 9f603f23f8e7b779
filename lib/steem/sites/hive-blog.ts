import { condenserRules } from './condenser.ts';
import { denserRules } from './denser.ts';
import type { Site } from './site.ts';

/** Runs one of two code bases; no selector of one matches anything of the other. */
export const hiveBlog: Site = {
  chain: 'hive',
  hosts: ['hive.blog'],
  rules: [...condenserRules, ...denserRules],
};
