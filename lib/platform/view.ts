/** What a view (popup, options) or a page script takes from the browser. */
import { createClient, type Invoke } from '../bus/client.ts';
import { createTranslate, type TypedTranslate } from '../locale/translate.ts';
import type { Topic } from '../ports.ts';
import { announcements } from './announcements.ts';
import { extension } from './extension.ts';

/** Asks the background for an action; the message wakes it when it was stopped. */
export function createInvoke(): Invoke {
  return createClient((message) => extension.runtime.sendMessage(message));
}

/** The person's language as a BCP 47 tag, e.g. `pl` or `zh-CN`. */
function language(): string {
  return extension.i18n.getUILanguage();
}

export function createViewTranslate(): TypedTranslate {
  return createTranslate((key) => extension.i18n.getMessage(key), language());
}

/** Calls `listener` whenever the background says that data of a topic changed, until `signal` aborts. */
export function onChange(listener: (topic: Topic) => void, signal: AbortSignal): void {
  const channel = new BroadcastChannel(announcements);
  channel.addEventListener('message', (event: MessageEvent<Topic>) => listener(event.data), { signal });
  signal.addEventListener('abort', () => channel.close());
}

/** The version of the extension, as in its manifest. */
export function version(): string {
  return extension.runtime.getManifest().version;
}

/** Opens the options page, or one of its sections in a tab of its own. */
export async function openOptions(section?: string): Promise<void> {
  if (section === undefined) await extension.runtime.openOptionsPage();
  else await extension.tabs.create({ url: extensionUrl(`options.html#${section}`) });
}

/** The popup's own page; by its hash it knows that it has a whole tab. */
export async function openLookUp(): Promise<void> {
  await extension.tabs.create({ url: extensionUrl('popup.html#look-up') });
}

/** Must be called first thing in a click handler, before any await: browsers ask only on a person's gesture. */
export function requestHosts(origins: string[]): Promise<boolean> {
  return extension.permissions.request({ origins });
}

/** The address of a file of the extension. Throws in a page script whose extension was updated meanwhile. */
export function extensionUrl(path: string): string {
  return extension.runtime.getURL(path);
}
