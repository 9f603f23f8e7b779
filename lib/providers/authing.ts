import { defineProvider } from './provider.ts';
import { buildAuthingFamily } from './record/authing-family.ts';

/** Authing by OpenID Connect, as a public client. Hosts of apps: China, and the region abroad. */
export const authing = defineProvider({
  ...buildAuthingFamily('x-authing-'),
  id: 'authing',
  title: 'Authing',
  hosts: ['*.authing.cn', '*.us.authing.co'],
  consoleUrl: 'https://console.authing.cn',
});
