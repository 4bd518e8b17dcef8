import type { PoolOperation, PoolOperations } from './wire';

/** The pool's refusal of a call, or the reason why there is no answer. */
export class PoolFailure extends Error {
  override readonly name = 'PoolFailure';
  readonly operation: PoolOperation;
  /** The service's name of the error, such as `NotAuthorizedException`; absent when no answer came. */
  readonly serviceCode: string | undefined;
  /** Of the answer; 0 when none came. */
  readonly httpStatus: number;

  constructor(
    operation: PoolOperation,
    failure: { serviceCode?: string; httpStatus: number; message: string; cause?: unknown },
  ) {
    super(failure.message, { cause: failure.cause });
    this.operation = operation;
    this.serviceCode = failure.serviceCode;
    this.httpStatus = failure.httpStatus;
  }
}

/** Calls an operation of the pool. */
export type CallPool = <Name extends PoolOperation>(
  operation: Name,
  input: PoolOperations[Name]['input'],
) => Promise<PoolOperations[Name]['output']>;

const ANSWER_WITHIN_MS = 30_000;

/** Speaks the API of user pools at a URL. Source: behaviour.md 1.1 and 1.4. */
export function poolApi(url: string): CallPool {
  return async (operation, input) => {
    const { status, body, headers } = await send(url, operation, input);
    let answer: Record<string, unknown> = {};
    try {
      const value: unknown = body === '' ? {} : JSON.parse(body);
      if (typeof value === 'object' && value !== null) answer = value as Record<string, unknown>;
    } catch (cause) {
      throw new PoolFailure(operation, {
        httpStatus: status,
        message: `HTTP ${status}, and no JSON`,
        cause,
      });
    }
    if (status === 200) return answer;
    const type = headers.get('x-amzn-errortype') ?? answer['__type'] ?? answer['code'];
    const message = answer['message'] ?? answer['Message'];
    throw new PoolFailure(operation, {
      httpStatus: status,
      message: typeof message === 'string' ? message : `HTTP ${status}`,
      ...(typeof type === 'string' && { serviceCode: bareName(type) }),
    });
  };
}

async function send(
  url: string,
  operation: PoolOperation,
  input: object,
): Promise<{ status: number; body: string; headers: Headers }> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), ANSWER_WITHIN_MS);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        'cache-control': 'no-store',
      },
      body: JSON.stringify(input),
      // The pool knows people by tokens: cookies have no business there.
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      signal: aborter.signal,
    });
    return { status: response.status, body: await response.text(), headers: response.headers };
  } catch (cause) {
    const message = aborter.signal.aborted ? 'no answer in time' : 'no connection';
    throw new PoolFailure(operation, { httpStatus: 0, message, cause });
  } finally {
    clearTimeout(timer);
  }
}

/** `a.b#Name:http://...` is `Name`. */
function bareName(type: string): string {
  return (type.split('#').at(-1) ?? '').split(/[:,]/)[0] ?? '';
}
