import { defineProvider } from './provider.ts';
import { defineAllegro } from './record/allegro-family.ts';

/** Allegro's own environment for trying things out. */
export const allegroSandbox = defineProvider(
  defineAllegro({ id: 'allegro-sandbox', title: 'Allegro sandbox' }, '.allegrosandbox.pl'),
);
