/** The two browsers by name, for journeys that run in both: `describe.each(browserNames)`. */
import type { BrowserName } from '../browsers.ts';
import { launchChromium } from './chromium.ts';
import type { BrowserDriver, LaunchOptions, SandboxPorts } from './driver.ts';
import { launchFirefox } from './firefox.ts';

export const browserNames = ['chromium', 'firefox'] as const satisfies readonly BrowserName[];

export function launchBrowser(
  name: BrowserName,
  sandbox: SandboxPorts,
  options: LaunchOptions = {},
): Promise<BrowserDriver> {
  return name === 'chromium' ? launchChromium(sandbox, options) : launchFirefox(sandbox, options);
}
