import { Failure, messages, StorageUnavailableError, type Log } from '@poolhouse/core';
import type { ErrorAnswer } from './answer.ts';
import { ProtocolFailure } from './protocol-failure.ts';

const INTERNAL: ErrorAnswer = {
  status: 500,
  code: 'InternalErrorException',
  message: 'Internal server error',
};

/** What callers are told when more requests are in progress than the server accepts. Source: behaviour.md 1.7. */
export const OVERLOADED: ErrorAnswer = {
  status: 400,
  code: 'TooManyRequestsException',
  message: messages.tooManyRequests,
};

/**
 * What a caller is told about an error, and what is logged beyond that: private details, and bugs with the id that the caller sees. Source:
 * behaviour.md 1.4.
 */
export function errorResponse(
  error: unknown,
  log: Log,
  request: { readonly requestId: string; readonly operation: string | undefined },
): ErrorAnswer {
  if (error instanceof Failure || error instanceof ProtocolFailure) {
    const { code, message, detail } = error;
    if (detail !== undefined) log.info('request.refused', { ...request, error: code, detail });
    return { status: statusOf(code), code, message };
  }
  if (error instanceof StorageUnavailableError) {
    log.warn('storage.unavailable', { ...request, reason: error.message });
  } else {
    log.error('request.failed', { ...request, err: error });
  }
  return INTERNAL;
}

function statusOf(code: string): number {
  switch (code) {
    case 'InternalErrorException':
    case 'InternalServerException':
      return 500;
    case 'ForbiddenException':
      return 403;
    case 'RequestEntityTooLargeException':
      return 413;
    default:
      return 400;
  }
}
