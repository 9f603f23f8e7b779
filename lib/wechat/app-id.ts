import { AppError } from '../errors.ts';

/**
 * An AppID by its form. Website apps and official accounts look alike, so only WeChat can tell those apart.
 * @throws AppError `bad_app_id`; the field is `clientId`.
 */
export function assertAppId(text: string): void {
  if (!/^wx[0-9a-f]{16}$/.test(text)) throw new AppError('bad_app_id', { field: 'clientId' });
}
