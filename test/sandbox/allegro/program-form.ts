/** The body of a program's call to an OAuth endpoint: a form, named as one exactly once. */
import type { SandboxRequest } from '../messages.ts';
import { oauthRefusal } from './refusal.ts';

/** What is not called a form has no fields, and the endpoint will miss the first one it needs. */
export function readProgramForm({ headers, body }: SandboxRequest): URLSearchParams {
  const type = headers['content-type'] ?? '';
  const isForm = /^application\/x-www-form-urlencoded(\s*;\s*charset=utf-8)?$/i.test(type);
  return new URLSearchParams(isForm ? body : '');
}

/** Throws Refusal 400 when the field is missing, empty or there twice. */
export function getField(form: URLSearchParams, name: string): string {
  const value = findField(form, name);
  if (value === null) throw oauthRefusal('invalid_request', `OAuth 2.0 Parameter: ${name}`);
  return value;
}

/** Null when missing or empty. Throws Refusal 400 when it is there twice. */
export function findField(form: URLSearchParams, name: string): string | null {
  const [value = '', ...more] = form.getAll(name);
  if (more.length > 0) throw oauthRefusal('invalid_request', `OAuth 2.0 Parameter: ${name}`);
  return value === '' ? null : value;
}
