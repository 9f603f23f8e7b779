import { AppError } from '../errors.ts';
import type { Subject } from '../providers/provider.ts';

/** @throws AppError `wrong_person` with both names. @param expected undefined where anybody may come. */
export function assertPerson(subject: Subject, expected: string | undefined): void {
  if (expected !== undefined && expected !== subject.id)
    throw new AppError('wrong_person', { params: { name: subject.name, expected } });
}
