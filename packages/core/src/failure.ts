import type { ErrorName } from '@poolhouse/model';

/**
 * An expected outcome that the API declares for its operation: sent to the caller as the service's own error.
 * `detail` is for our log only and is never sent.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: ErrorName;
  readonly detail: string | undefined;

  constructor(code: ErrorName, message: string, detail?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
  }
}

/** Ends an operation with one of the errors `Code` that the API declares for it. */
export type Fail<Code extends string> = (code: Code, message: string, detail?: string) => never;
