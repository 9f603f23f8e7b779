/** What was typed for a look-up. */
import { AppError } from '../errors.ts';
import type { LookupParam } from '../providers/lookup.ts';

type Typed = Readonly<Record<string, string>>;

/** An empty value of a param that need not be there is in order. */
function checkParam({ id, kind, isRequired, choices = [] }: LookupParam, text: string): void {
  if (text === '') {
    if (isRequired) throw new AppError('empty', { field: id });
    return;
  }
  if (kind === 'number' && !Number.isFinite(Number(text))) throw new AppError('bad_number', { field: id });
  if (kind === 'choice' && !choices.some(({ value }) => value === text))
    throw new AppError('bad_input', { field: id });
}

/**
 * All params with a value: what is missing begins as the look-up says.
 * @throws AppError `empty`, `bad_number`, `bad_input`, with the param as field.
 */
export function fillParams(params: readonly LookupParam[], typed: Typed): Record<string, string> {
  const filled = { ...Object.fromEntries(params.map(({ id, initial }) => [id, initial])), ...typed };
  for (const param of params) checkParam(param, (filled[param.id] ?? '').trim());
  return filled;
}

const idsOfPasswords = (params: readonly LookupParam[]) =>
  params.filter(({ kind }) => kind === 'password').map(({ id }) => id);

/** What was typed, without what is never to be kept. */
export function withoutPasswords(params: readonly LookupParam[], typed: Typed): Record<string, string> {
  const passwords = idsOfPasswords(params);
  return Object.fromEntries(Object.entries(typed).filter(([id]) => !passwords.includes(id)));
}

/** The passwords among what was typed. */
export function readPasswords(params: readonly LookupParam[], typed: Typed): string[] {
  return idsOfPasswords(params).flatMap((id) => typed[id] ?? []);
}
