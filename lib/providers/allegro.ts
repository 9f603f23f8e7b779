import { defineProvider } from './provider.ts';
import { defineAllegro } from './record/allegro-family.ts';

/** The marketplace itself. */
export const allegro = defineProvider(defineAllegro({ id: 'allegro', title: 'Allegro' }));
