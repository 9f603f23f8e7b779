import { defineProvider } from './provider.ts';
import { buildAuthingFamily } from './record/authing-family.ts';

/**
 * Approw was Authing under another name, and nothing new was heard of it since 2021: its hosts may be anybody's by now. So
 * there is no preset, no host in the manifest and no link; people who run such a server type its host.
 */
export const approw = defineProvider({
  ...buildAuthingFamily('x-approw-'),
  id: 'approw',
  title: 'Approw',
  consoleUrl: '',
});
