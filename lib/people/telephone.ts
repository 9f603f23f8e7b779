/** Telephone numbers as ITU-T E.164 writes them, e.g. +48600100200. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { AppError } from '../errors.ts';

/** @throws AppError `bad_telephone` for a text without a country code and for a number that no country has. */
export function parseTelephone(text: string, field = 'telephone'): string {
  const number = parsePhoneNumberFromString(text.trim());
  if (number?.isValid() !== true) throw new AppError('bad_telephone', { field });
  return number.number;
}
