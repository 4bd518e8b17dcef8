import { apiTexts, errorTexts } from './texts';

/** Why a request to the console's server failed, with words for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The API's own error name, or `Unreachable`, `Unavailable`, `SignedOut`, `Forbidden`, `NotFound`. */
  readonly code: string;
  /** What the server said, word by word. */
  readonly serverMessage: string;
  /** Finds the request in the server's log. */
  readonly requestId: string | undefined;

  constructor(code: string, serverMessage: string, requestId?: string) {
    super(errorTexts[code] && !isTelling(serverMessage) ? errorTexts[code] : serverMessage);
    this.code = code;
    this.serverMessage = serverMessage;
    this.requestId = requestId;
  }

  /** Whether the same request may work later without a change. */
  get mayPass(): boolean {
    return ['Unreachable', 'Unavailable', 'TooManyRequestsException'].includes(this.code);
  }
}

/** A sentence, not a token or nothing. */
function isTelling(message: string): boolean {
  return message.includes(' ');
}

/** Makes an error of whatever was thrown. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError('Unexpected', thrown instanceof Error ? thrown.message : apiTexts.unexpected);
}

/** Reads the error of an answer that is not `ok`. */
export async function errorOf(answer: Response): Promise<ApiError> {
  const body = (await answer.json().catch(() => ({}))) as {
    code?: unknown;
    message?: unknown;
    requestId?: unknown;
  };
  const requestId =
    (typeof body.requestId === 'string' ? body.requestId : undefined) ??
    answer.headers.get('x-amzn-requestid') ??
    answer.headers.get('x-request-id') ??
    undefined;
  const said = typeof body.message === 'string' ? body.message : '';
  if (answer.status === 429) return new ApiError('TooManyRequestsException', '', requestId);
  const code = typeof body.code === 'string' ? body.code : undefined;
  if (answer.status === 503) {
    return new ApiError(code ?? 'Unavailable', said || apiTexts.unavailable, requestId);
  }
  if (answer.status === 401)
    return new ApiError('SignedOut', said || apiTexts.signedOut, requestId);
  return new ApiError(code ?? 'Unexpected', said || apiTexts.unexpected, requestId);
}
