/** Who sent a message, told from what the browser says of the sender, never from what the message says. */

export const senders = ['popup', 'options', 'page', 'internal'] as const;
/** `internal`: alarms, menus and the headless road; a `page` is one of our own scripts on a Steem or Hive site. */
export type SenderClass = (typeof senders)[number];

export interface Sender {
  readonly kind: SenderClass;
  /** The site's host, for pages only. */
  readonly host?: string;
}
