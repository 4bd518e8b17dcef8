import { HttpErrorResponse } from '@angular/common/http';
import { AuthError } from '@poolhouse/angular';

/** What our own API answers when it refuses. */
interface Refusal {
  readonly message?: string;
  readonly field?: string;
  readonly error?: string;
}

/** What went wrong, in words for people; for errors of the kit, of our API, and of the network between. */
export function failureText(error: unknown): string {
  if (error instanceof AuthError) return error.message;
  if (error instanceof HttpErrorResponse) {
    if (error.status === 0) return 'The API does not answer. Check the connection, then try again.';
    return refusalOf(error).message ?? 'The API could not do this. Try again in a moment.';
  }
  return 'Something went wrong. Try again in a moment.';
}

/** The field of the form that our API refuses, if it names one. */
export function failureField(error: unknown): string | undefined {
  return error instanceof HttpErrorResponse ? refusalOf(error).field : undefined;
}

/** What our API calls the refusal. */
export function failureName(error: unknown): string | undefined {
  return error instanceof HttpErrorResponse ? refusalOf(error).error : undefined;
}

function refusalOf({ error }: HttpErrorResponse): Refusal {
  return typeof error === 'object' && error !== null ? (error as Refusal) : {};
}
