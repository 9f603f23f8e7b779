/** The headers by which Authing, and servers of the same make under another name, know app and language. */
import type { LookupRequest } from '../providers/lookup.ts';
import { poolSettings } from './connect-pool.ts';

/** Ids of the settings that decide, in the record of each such service. */
export const authingSettings = {
  family: 'headerFamily',
  language: 'language',
  timeLimit: 'timeLimit',
} as const;

/** Of the two families a server reads its own only; with the other it finds no app. */
export const headerFamilies = ['x-authing-', 'x-approw-'] as const;
export const languages = ['en-US', 'zh-CN'] as const;

/** Sent with each call, as the service's own SDKs do. Empty ones are left out. */
export function buildAuthingHeaders({
  clientId,
  settings,
}: Pick<LookupRequest, 'clientId' | 'settings'>): Record<string, string> {
  const family = settings[authingSettings.family] ?? headerFamilies[0];
  const named = {
    'app-id': clientId,
    'userpool-id': settings[poolSettings.id] ?? '',
    'request-from': 'latchkey',
    lang: settings[authingSettings.language] ?? '',
  };
  const told = Object.entries(named).filter(([, value]) => value !== '');
  return Object.fromEntries(told.map(([name, value]) => [family + name, value]));
}

/** Milliseconds, of a setting in seconds. */
export function readTimeLimit(settings: LookupRequest['settings']): number {
  return Number(settings[authingSettings.timeLimit] ?? '10') * 1000;
}
