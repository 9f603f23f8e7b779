/** The address on the person's own domain that WeChat sends people back to. */
import { AppError } from '../errors.ts';

/**
 * The address as WeChat takes it: https, a whole address and no bare host, no port (the console knows hosts only), no
 * fragment (the code would get lost behind it).
 * @throws AppError `bad_address_not_https`, `bad_callback_address`; the field is `callback`.
 */
export function parseCallbackAddress(text: string): string {
  const field = 'callback';
  if (!URL.canParse(text)) throw new AppError('bad_callback_address', { field });
  const { protocol, port, username, password, href, hostname } = new URL(text);
  if (protocol === 'http:') throw new AppError('bad_address_not_https', { field });
  const isPlain = port === '' && username === '' && password === '' && !href.includes('#');
  if (protocol !== 'https:' || !isPlain || !hostname.includes('.'))
    throw new AppError('bad_callback_address', { field });
  return href;
}
