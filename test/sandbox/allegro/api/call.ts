/** One call of the API after its token was looked at. */
import type { SandboxRequest } from '../../messages.ts';
import type { AllegroUser } from '../people.ts';
import type { AllegroService } from '../service.ts';
import type { Session } from '../sessions.ts';
import { apiError } from './api-error.ts';
import type { Language } from './language.ts';

export interface Call {
  readonly service: AllegroService;
  readonly request: SandboxRequest;
  readonly language: Language;
  /** The path's first group, decoded. */
  readonly subject: string;
  readonly session: Session | undefined;
}

/** What the answer's body holds. Throws Refusal. */
export type Handler = (call: Call) => unknown;

/** Throws Refusal 403 for an app's own token. */
export function getUser({ session, language }: Call): AllegroUser {
  if (session?.user === undefined) throw apiError('AccessDenied', language);
  return session.user;
}

export function notFound({ language }: Call): Error {
  return apiError('NotFoundException', language);
}
