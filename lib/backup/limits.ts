/** How large a backup may be, and may become when it is unpacked: a file from anywhere must not take the browser down. */
import { AppError } from '../errors.ts';

const megabyte = 1024 * 1024;

/** Of a file, in bytes. */
export const largestFile = 20 * megabyte;
/** Of what is in it, in bytes; the Activity packs to a tenth. */
export const largestContent = 64 * megabyte;

export const tooLarge = () =>
  new AppError('backup_too_large', { field: 'file', params: { megabytes: largestFile / megabyte } });

/** @param size in bytes, or in letters of a text, all of which are ASCII. @throws AppError `backup_too_large`. */
export function assertFileSize(size: number): void {
  if (size > largestFile) throw tooLarge();
}
