/** The events that wake the background. Everything here runs in its first turn, before any await. */
import browser, { type Runtime } from 'webextension-polyfill';
import type { Reply } from '../bus/envelope.ts';
import { type BrowserSender, classifySender, type Sender, type Self } from '../bus/sender.ts';

/** Our own identity, for {@link classifySender}. */
function self(pageHosts: ReadonlySet<string>): Self {
  return { id: browser.runtime.id, origin: browser.runtime.getURL('').replace(/\/$/, ''), pageHosts };
}

/** The one message listener. `answer` is asked only for messages that `isForUs` accepts. */
export function onMessage(
  pageHosts: ReadonlySet<string>,
  isForUs: (message: unknown) => boolean,
  answer: (message: unknown, sender: Sender | undefined) => Promise<Reply>,
): void {
  const listener = (message: unknown, sender: Runtime.MessageSender, reply: (reply: Reply) => void) => {
    if (!isForUs(message)) return undefined;
    const told: BrowserSender = sender;
    void answer(message, classifySender(told, self(pageHosts))).then(reply);
    return true as const;
  };
  // The polyfill's types leave out that `reply` takes a value.
  browser.runtime.onMessage.addListener(listener as Runtime.OnMessageListener);
}

export function onAlarm(ring: (name: string) => Promise<void>): void {
  browser.alarms.onAlarm.addListener(({ name }) => void ring(name));
}

/** Freshly installed, updated, or the browser updated; `isNew` on the very first run. */
export function onInstalled(handle: (isNew: boolean) => Promise<void>): void {
  browser.runtime.onInstalled.addListener(({ reason }) => void handle(reason === 'install'));
}

/** The browser was started. Without this listener nothing would wake us then. */
export function onBrowserStart(handle: () => Promise<void>): void {
  browser.runtime.onStartup.addListener(() => void handle());
}

export function openOptionsPage(): Promise<void> {
  return browser.runtime.openOptionsPage();
}
