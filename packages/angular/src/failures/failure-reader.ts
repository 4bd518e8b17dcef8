import { HttpErrorResponse } from '@angular/common/http';
import { inject } from '@angular/core';
import { POOLHOUSE_TEXTS } from '../texts/texts-token';
import { AuthError, type AuthErrorCode } from '../errors/auth-error';

/** What went wrong, for a page or a form to show. */
export interface Failure {
  /** A sentence for people. */
  readonly text: string;
  /** The input to point at, where the failure names one. */
  readonly field: string | undefined;
  /** For the program: the code of an {@link AuthError}, or what an API calls its refusal. */
  readonly code: string | undefined;
}

/** A refusal as the Express kit answers it, and many an API: `{ "error": "...", "message": "...", "field": "..." }`. */
interface Refusal {
  readonly message?: unknown;
  readonly field?: unknown;
  readonly error?: unknown;
}

/** What is said of an answer without words of its own. Source: RFC 9110, 15.5 and 15.6; RFC 6585, 4. */
const BY_STATUS: Readonly<Record<number, AuthErrorCode>> = {
  0: 'network',
  401: 'signed-out',
  403: 'not-allowed',
  429: 'too-many-attempts',
};

/**
 * In an injection context: what reads whatever the kit or a request of `HttpClient` has thrown. An API's own `message` is shown as it is;
 * where there is none, and for everything that nobody foresaw, the words are the texts' `errors`.
 */
export function injectFailureReader(): (error: unknown) => Failure {
  const texts = inject(POOLHOUSE_TEXTS).errors;
  return (error) => {
    if (error instanceof AuthError)
      return { text: error.message, field: error.field, code: error.code };
    if (!(error instanceof HttpErrorResponse))
      return { text: texts.unknown, field: undefined, code: undefined };
    const { message, field, error: name } = refusalOf(error);
    return {
      text: textOf(message) ?? texts[codeOf(error.status)],
      field: textOf(field),
      code: textOf(name),
    };
  };
}

function codeOf(status: number): AuthErrorCode {
  return BY_STATUS[status] ?? (status >= 500 ? 'unavailable' : 'unknown');
}

function refusalOf({ status, error }: HttpErrorResponse): Refusal {
  // Without an answer it is an event of the browser's.
  return status !== 0 && typeof error === 'object' && error !== null ? (error as Refusal) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
