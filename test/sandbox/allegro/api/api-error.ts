/** The API's own errors: a text for developers in English, and one for people in their language. */
import type { SandboxAnswer } from '../../messages.ts';
import { jsonAnswer } from '../../messages.ts';
import { Refusal } from '../refusal.ts';
import type { Language } from './language.ts';

interface ErrorTexts {
  readonly status: number;
  readonly message: string;
  /** English and Polish; the sandbox answers the other languages in English. */
  readonly people: { readonly en: string; readonly pl: string };
}

const texts = {
  AccessDenied: {
    status: 403,
    message: 'Access is denied',
    people: {
      en: 'Access denied. Contact the author of the application.',
      pl: 'Brak dostępu. Skontaktuj się z autorem aplikacji.',
    },
  },
  VerificationRequired: {
    status: 403,
    message: 'Access is denied. Verification is required.',
    people: {
      en: 'No access to the specified resource. Access is possible only for verified applications.',
      pl: 'Brak dostępu do zasobu. Dostęp mają tylko zweryfikowane aplikacje.',
    },
  },
  NotFoundException: {
    status: 404,
    message: 'Resource not found',
    people: { en: 'The resource was not found.', pl: 'Nie znaleziono zasobu.' },
  },
  MethodNotAllowed: {
    status: 405,
    message: 'Request method not supported',
    people: { en: 'This is not possible.', pl: 'Ta operacja jest niedostępna.' },
  },
  NotAcceptableException: {
    status: 406,
    message: 'Not acceptable representation requested',
    people: {
      en: 'The requested representation is not available.',
      pl: 'Żądany format jest niedostępny.',
    },
  },
  VALIDATION_ERROR: {
    status: 422,
    message: 'The value is out of range',
    people: { en: 'The value is not correct.', pl: 'Niepoprawna wartość.' },
  },
  TooManyRequestsException: {
    status: 429,
    message: 'Too many requests',
    people: { en: 'Too many requests. Try again later.', pl: 'Zbyt wiele żądań. Spróbuj później.' },
  },
  InternalServerError: {
    status: 500,
    message: 'Internal server error',
    people: { en: 'Something went wrong. Try again later.', pl: 'Coś poszło nie tak. Spróbuj później.' },
  },
} as const satisfies Readonly<Record<string, ErrorTexts>>;

export type ApiErrorCode = keyof typeof texts;

/** `path` names the parameter that is wrong. */
export function apiError(code: ApiErrorCode, language: Language, path: string | null = null): Refusal {
  const { status, message, people } = texts[code];
  const userMessage = language === 'pl-PL' ? people.pl : people.en;
  return new Refusal(vendorAnswer({ errors: [{ code, message, details: null, path, userMessage }] }, status));
}

export function vendorAnswer(value: unknown, status = 200): SandboxAnswer {
  return jsonAnswer(value, status, {
    'content-type': 'application/vnd.allegro.public.v1+json;charset=UTF-8',
  });
}
