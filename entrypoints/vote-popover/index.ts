/**
 * The popover's code, loaded by the content script on the first click only: it is larger than all of the rest, and most
 * pages are left without a vote.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { handOver } from './load-popover.ts';
import { openVotePopover } from './open-vote-popover.ts';

export default defineUnlistedScript(() => handOver(openVotePopover));
