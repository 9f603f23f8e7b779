/** The targets by name, each loaded only when it is attacked. */
import type { Target } from './target.ts';

export const targets: Readonly<Record<string, () => Promise<Target>>> = {
  'callback addresses': async () => (await import('./callback-addresses.ts')).callbackAddresses,
  'provider answers': async () => (await import('./provider-answers.ts')).providerAnswers,
  messages: async () => (await import('./messages.ts')).messages,
  'page DOM': async () => (await import('./page-dom.ts')).pageDom,
  'backup files': async () => (await import('./backup-files.ts')).backupFiles,
  CSV: async () => (await import('./csv.ts')).csv,
  'links, lists and addresses': async () => (await import('./links.ts')).links,
};
