import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's package chromium-sandbox, which `--no-install-recommends` leaves out. */
const helper = '/usr/lib/chromium/chrome-sandbox';

/**
 * True where Chromium can put its own sandbox around pages: not as root, and with user namespaces or the helper. Many
 * containers have neither. The pages of the journeys come from this machine, so they may do without.
 */
export function canSandbox(): boolean {
  if (process.getuid?.() === 0) return false;
  return existsSync(helper) || spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' }).status === 0;
}
