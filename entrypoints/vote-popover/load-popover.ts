/**
 * How the content script gets the popover's function. Scripts of an extension have no exports; the two meet at their
 * common global object, which is not the page's.
 */
import { extensionUrl } from '../../lib/platform/view.ts';
import type { openVotePopover } from './open-vote-popover.ts';

type OpenVotePopover = typeof openVotePopover;

const scope: { latchkeyOpenVotePopover?: OpenVotePopover } = globalThis as never;

export function handOver(open: OpenVotePopover): void {
  scope.latchkeyOpenVotePopover = open;
}

/** Loads the popover's code once. Throws when the extension was updated since the page came. */
export async function loadVotePopover(): Promise<OpenVotePopover> {
  if (!scope.latchkeyOpenVotePopover) await import(/* @vite-ignore */ extensionUrl('/vote-popover.js'));
  // The script that was just loaded does nothing but call handOver.
  return scope.latchkeyOpenVotePopover as OpenVotePopover;
}
