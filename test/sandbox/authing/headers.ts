/** The headers by which a client says for which pool and application it asks, in the brand's own family. */
import type { SandboxRequest } from '../messages.ts';
import type { Language } from './error-texts.ts';
import { Refusal } from './error-texts.ts';
import type { AuthingService } from './service.ts';

/** Refuses with 2101 where neither is named, with 2011 or 2224 where one does not exist. */
export function checkHeaders({ brand, settings }: AuthingService, { headers }: SandboxRequest): void {
  const appId = headers[`${brand.headerPrefix}-app-id`];
  const userPoolId = headers[`${brand.headerPrefix}-userpool-id`];
  if (appId === undefined && userPoolId === undefined) throw new Refusal(2101);
  if (appId !== undefined && appId !== settings.appId) throw new Refusal(2011);
  if (userPoolId !== undefined && userPoolId !== settings.userPoolId) throw new Refusal(2224);
}

/** Chinese unless English is asked for. */
export function readLanguage({ brand }: AuthingService, { headers }: SandboxRequest): Language {
  return headers[`${brand.headerPrefix}-lang`] === 'en-US' ? 'en-US' : 'zh-CN';
}
