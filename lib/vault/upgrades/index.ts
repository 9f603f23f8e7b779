/** The steps of the vault in order; its version is their number. A step that shipped is never changed. */
import { first } from './001-first.ts';
import { people } from './002-people.ts';
import { queue } from './003-queue.ts';
import type { Upgrade } from './upgrade.ts';

export const upgrades: readonly Upgrade[] = [first, people, queue];
