/** Who sent a message, told from what the browser says of the sender, never from what the message says. */

export const senders = ['popup', 'options', 'page', 'internal'] as const;
/** `internal`: alarms, menus and the headless road; a `page` is one of our own scripts on a Steem or Hive site. */
export type SenderClass = (typeof senders)[number];

export interface Sender {
  readonly kind: SenderClass;
  /** The site's host, for pages only. */
  readonly host?: string;
}

/** What the browser tells (`runtime.MessageSender`), as far as we rely on it. */
export interface BrowserSender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  /** As the browser's own process knows it; `null` as text for a sandboxed document. Older browsers leave it out. */
  readonly origin?: string | undefined;
  readonly frameId?: number | undefined;
  /** Present when the sender lives in a tab. */
  readonly tab?: unknown;
}

/** Ourselves: the extension's id, its origin without a slash at the end, and the hosts our page scripts run on. */
export interface Self {
  readonly id: string;
  readonly origin: string;
  readonly pageHosts: ReadonlySet<string>;
}

const ownPages: Readonly<Record<string, 'popup' | 'options'>> = {
  '/popup.html': 'popup',
  '/options.html': 'options',
};

/**
 * The sender's class, or undefined for whoever is none of ours: another extension, a frame, a page of ours or of a site
 * that has no business with the background.
 */
export function classifySender(sender: BrowserSender, self: Self): Sender | undefined {
  const { id, url, frameId = 0 } = sender;
  if (id !== self.id || url === undefined || frameId !== 0 || !URL.canParse(url)) return undefined;
  const { protocol, host, pathname } = new URL(url);
  const origin = `${protocol}//${host}`;
  if ((sender.origin ?? origin) !== origin) return undefined;
  if (origin === self.origin) {
    const kind = Object.hasOwn(ownPages, pathname) ? ownPages[pathname] : undefined;
    return kind === undefined ? undefined : { kind };
  }
  return protocol === 'https:' && sender.tab !== undefined && self.pageHosts.has(host)
    ? { kind: 'page', host }
    : undefined;
}
