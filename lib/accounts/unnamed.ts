/** Accounts whose person the service would not name yet. */
import type { Account } from '../vault/schema.ts';

const mark = 'unnamed:';

/** A subject for an account until the service tells the true one. @param id like no other. */
export const nameNobody = (id: string): string => `${mark}${id}`;

export const isUnnamed = ({ subject }: Pick<Account, 'subject'>): boolean => subject.startsWith(mark);
