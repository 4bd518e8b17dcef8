import { NewUserGroupError } from '@poolhouse/express/admin';
import type { ErrorRequestHandler, RequestHandler } from 'express';

/** A request that cannot be right, with a text for whoever filled in the form. */
export class BadRequest extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

interface Answer {
  readonly status: number;
  readonly body: { readonly error: string; readonly message: string; readonly field?: string };
}

/** What the user pool may answer, by the name of the SDK's error; where there is no text, the pool's own names the broken rule. */
const FROM_POOL: Readonly<
  Record<string, readonly [status: number, text?: string, field?: string]>
> = {
  UsernameExistsException: [409, 'There is already a user with this name.', 'username'],
  AliasExistsException: [409, 'Another user already has this email address.', 'email'],
  InvalidParameterException: [400],
  LimitExceededException: [429, 'Too many attempts. Try again in a while.'],
  TooManyRequestsException: [429, 'Too many requests. Try again in a moment.'],
};

/** Turns every error into one JSON shape; what nobody foresaw goes to the log, and not to the caller. */
export const answerFailure: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const { status, body } = answerTo(error);
  if (status >= 500) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  res.status(status).json(body);
};

function answerTo(error: unknown): Answer {
  if (error instanceof BadRequest) {
    return answer(400, 'BadRequest', error.message, error.field);
  }
  if (error instanceof NewUserGroupError) {
    const { group, user } = error;
    return user === undefined
      ? answer(400, 'BadRequest', `The pool has no group ${group}. Nobody was added.`, 'group')
      : answer(
          409,
          'NotInGroup',
          `${user.username} was added and invited, but is not in the group ${group} yet: add them to it in the console.`,
        );
  }
  const { name, message, status, $metadata } = error as Error & Record<string, unknown>;
  const [known, text = message, field] = FROM_POOL[refusal(name, message)] ?? [];
  if (known !== undefined) return answer(known, name, text, field);
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return answer(status, 'BadRequest', 'This request cannot be read.');
  }
  // The SDK marks what it throws; a pool that does not answer, or credentials that may not do this, are not the caller's fault.
  return $metadata === undefined && name !== 'CredentialsProviderError'
    ? answer(500, 'InternalError', 'Something went wrong here. Try again shortly.')
    : answer(503, 'PoolUnavailable', 'The user pool did not do this. Try again shortly.');
}

/** When the pool makes a user, a taken address has the name of a taken user name. */
function refusal(name: string, message: string): string {
  const isAddress = name === 'UsernameExistsException' && /\bemail\b/i.test(message);
  return isAddress ? 'AliasExistsException' : name;
}

function answer(status: number, error: string, message: string, field?: string): Answer {
  return { status, body: { error, message, ...(field && { field }) } };
}

/** The answer to a path of the API that is none. */
export const answerNotFound: RequestHandler = (req, res) => {
  const message = `There is no ${req.method} ${req.originalUrl}.`;
  res.status(404).json({ error: 'NotFound', message });
};
