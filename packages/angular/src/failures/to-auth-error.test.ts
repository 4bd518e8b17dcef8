import { PoolFailure } from '../pool/pool-api';
import type { PoolOperation } from '../pool/wire';
import { NoCryptography, SrpRefusal } from '../srp/srp-client';
import { englishTexts } from '../texts/english';
import { toAuthError } from './to-auth-error';

function told(operation: PoolOperation, serviceCode: string, message: string, httpStatus = 400) {
  const failure = new PoolFailure(operation, { serviceCode, message, httpStatus });
  return toAuthError(failure, englishTexts);
}

const WRONG = 'Incorrect username or password.';
const INVALID = 'InvalidParameterException';
const REFUSED = 'NotAuthorizedException';
const SCHEMA = 'Attributes did not conform to the schema: ';

/** The service's texts: behaviour.md 5.2 to 5.7, 6.1, 6.4, 7.4 and 1.7. */
const TABLE: readonly (readonly [
  PoolOperation,
  service: string,
  says: string,
  code: string,
  field?: string,
])[] = [
  ['InitiateAuth', REFUSED, WRONG, 'wrong-credentials', 'password'],
  ['RespondToAuthChallenge', REFUSED, WRONG, 'wrong-credentials', 'password'],
  ['ChangePassword', REFUSED, WRONG, 'wrong-password', 'previousPassword'],
  [
    'InitiateAuth',
    'UserNotFoundException',
    'User does not exist.',
    'wrong-credentials',
    'password',
  ],
  [
    'ForgotPassword',
    'UserNotFoundException',
    'Username/client id combination not found.',
    'user-not-found',
    'username',
  ],
  ['InitiateAuth', REFUSED, 'User is disabled.', 'user-disabled'],
  ['InitiateAuth', REFUSED, 'Password attempts exceeded', 'too-many-attempts'],
  [
    'InitiateAuth',
    REFUSED,
    'Temporary password has expired and must be reset by an administrator.',
    'temporary-password-expired',
  ],
  ['InitiateAuth', 'UserNotConfirmedException', 'User is not confirmed.', 'not-confirmed'],
  [
    'InitiateAuth',
    'PasswordResetRequiredException',
    'Password reset required for the user',
    'password-reset-required',
  ],
  ['InitiateAuth', INVALID, 'USER_SRP_AUTH is not enabled for the client.', 'misconfigured'],
  ['InitiateAuth', INVALID, 'USER_PASSWORD_AUTH flow not enabled for this client', 'misconfigured'],
  ['InitiateAuth', REFUSED, 'Unable to verify secret hash for client abc', 'misconfigured'],
  ['InitiateAuth', REFUSED, 'SecretHash does not match for the client: abc', 'misconfigured'],
  [
    'InitiateAuth',
    'ResourceNotFoundException',
    'User pool client abc does not exist.',
    'misconfigured',
  ],
  [
    'RespondToAuthChallenge',
    REFUSED,
    'Invalid session for the user, session is expired.',
    'challenge-expired',
  ],
  [
    'RespondToAuthChallenge',
    INVALID,
    'Invalid attributes given, name is missing',
    'attribute-missing',
    'attributes',
  ],
  [
    'RespondToAuthChallenge',
    REFUSED,
    'Cannot modify an already provided email',
    'attribute-not-allowed',
    'attributes',
  ],
  ['SignUp', 'UsernameExistsException', 'User already exists', 'username-taken', 'username'],
  [
    'SignUp',
    'InvalidPasswordException',
    'Password did not conform with policy: Password must have symbol characters',
    'invalid-password',
    'password',
  ],
  ...(
    [
      ['SignUp', 'password'],
      ['ChangePassword', 'proposedPassword'],
      ['ConfirmForgotPassword', 'password'],
      ['RespondToAuthChallenge', 'newPassword'],
    ] as const
  ).map(
    ([operation, member]) =>
      [
        operation,
        INVALID,
        `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$`,
        'invalid-password',
        'password',
      ] as const,
  ),
  [
    'SignUp',
    INVALID,
    `${SCHEMA}email: The attribute is required\n`,
    'attribute-missing',
    'attributes',
  ],
  [
    'SignUp',
    INVALID,
    `${SCHEMA}birthdate: Birthdate must be 10 characters\n`,
    'attribute-invalid',
    'attributes',
  ],
  ['SignUp', INVALID, 'Invalid email address format.', 'invalid-email', 'attributes'],
  ['SignUp', INVALID, 'Invalid phone number format.', 'invalid-phone-number', 'attributes'],
  ['SignUp', INVALID, 'Username should be an email.', 'username-must-be-email', 'username'],
  [
    'SignUp',
    INVALID,
    'Username cannot be of email format, since user pool is configured for email alias.',
    'username-must-not-be-email',
    'username',
  ],
  [
    'SignUp',
    INVALID,
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must have length less than or equal to 256",
    'invalid-password',
    'password',
  ],
  [
    'SignUp',
    INVALID,
    "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [x]+",
    'invalid-input',
    'username',
  ],
  ['SignUp', REFUSED, 'SignUp is not permitted for this user pool', 'sign-up-closed'],
  [
    'SignUp',
    REFUSED,
    'A client attempted to write unauthorized attribute',
    'attribute-not-allowed',
    'attributes',
  ],
  [
    'SignUp',
    'LimitExceededException',
    'Exceeded daily email limit for the operation or the account.',
    'code-not-sent',
  ],
  ['SignUp', 'CodeDeliveryFailureException', 'x', 'code-not-sent'],
  [
    'ConfirmSignUp',
    'CodeMismatchException',
    'Invalid verification code provided, please try again.',
    'wrong-code',
    'code',
  ],
  [
    'ConfirmSignUp',
    'ExpiredCodeException',
    'Invalid code provided, please request a code again.',
    'expired-code',
    'code',
  ],
  [
    'ConfirmSignUp',
    INVALID,
    "1 validation error detected: Value at 'confirmationCode' failed to satisfy constraint: Member must have length greater than or equal to 1",
    'wrong-code',
    'code',
  ],
  [
    'ConfirmSignUp',
    REFUSED,
    'User cannot be confirmed. Current status is CONFIRMED',
    'already-confirmed',
  ],
  [
    'ConfirmSignUp',
    'AliasExistsException',
    'An account with the email already exists.',
    'alias-taken',
    'attributes',
  ],
  ['ResendConfirmationCode', INVALID, 'User is already confirmed.', 'already-confirmed'],
  [
    'ResendConfirmationCode',
    'LimitExceededException',
    'Attempt limit exceeded, please try after some time.',
    'too-many-attempts',
  ],
  [
    'ForgotPassword',
    INVALID,
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
    'no-recovery',
  ],
  ['ForgotPassword', REFUSED, 'User password cannot be reset in the current state.', 'no-recovery'],
  ['ConfirmForgotPassword', 'TooManyFailedAttemptsException', 'x', 'too-many-attempts'],
  [
    'ChangePassword',
    'PasswordHistoryPolicyViolationException',
    'x',
    'password-used-before',
    'password',
  ],
  ['GetUser', REFUSED, 'Access Token has expired', 'signed-out'],
  ['GetUser', REFUSED, 'Access Token has been revoked', 'signed-out'],
  ['GetUser', 'TooManyRequestsException', 'Rate exceeded', 'too-many-attempts'],
  [
    'UpdateUserAttributes',
    INVALID,
    'user.email: Attribute cannot be updated.\n',
    'attribute-not-allowed',
    'attributes',
  ],
  [
    'SignUp',
    'UserLambdaValidationException',
    'PreSignUp failed with error Only people of Example Ltd can sign up.',
    'refused',
  ],
];

describe('toAuthError', () => {
  for (const [operation, service, says, code, field] of TABLE) {
    it(`${operation}, ${service}: ${says}`, () => {
      const error = told(operation, service, says);
      expect([error.code, error.field]).toEqual([code, field]);
      expect([error.serviceCode, error.detail]).toEqual([service, says]);
    });
  }

  it('tells why a password is refused', () => {
    const policy = 'Password did not conform with policy: ';
    const reasons = [
      'Password not long enough',
      'Password must have uppercase characters',
      'Password must have lowercase characters',
      'Password must have numeric characters',
      'Password must have symbol characters',
    ].map((says) => told('SignUp', 'InvalidPasswordException', policy + says));
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'too-short',
      'needs-uppercase',
      'needs-lowercase',
      'needs-number',
      'needs-symbol',
    ]);
    expect(new Set(reasons.map(({ message }) => message)).size).toBe(5);
  });

  it('says in words what is wrong with a password that the service only shows a pattern for', () => {
    const pattern = String.raw`1 validation error detected: Value at 'newPassword' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\S]+.*[\S]+$`;
    const spaced = told('RespondToAuthChallenge', INVALID, pattern);
    expect(spaced.reason).toBe('has-outer-spaces');
    expect(spaced.message).toBe('The password must not start or end with a space.');
    const long = pattern.replace(/Member.*/, 'Member must have length less than or equal to 256');
    expect(told('RespondToAuthChallenge', INVALID, long).reason).toBeUndefined();
    const again = told(
      'RespondToAuthChallenge',
      'InvalidPasswordException',
      'Password did not conform with policy: Password must differ from the temporary password',
    );
    expect(again.reason).toBe('is-temporary');
  });

  it('names attributes as people do', () => {
    const says = `${SCHEMA}email: The attribute is required\ncustom:shoe_size: The attribute is required\n`;
    const error = told('SignUp', INVALID, says);
    expect(error.attributes).toEqual(['email', 'custom:shoe_size']);
    expect(error.message).toBe('Please fill in: email address, shoe size.');
    const several = told(
      'RespondToAuthChallenge',
      INVALID,
      'Invalid attributes given, \nname is missing\nbirthdate is missing',
    );
    expect(several.attributes).toEqual(['name', 'birthdate']);
  });

  it("passes on what the pool's owner says, but no bug of theirs", () => {
    const own = (says: string) => told('SignUp', 'UserLambdaValidationException', says).message;
    expect(own('PreSignUp failed with error Only by invitation.')).toBe('Only by invitation.');
    for (const bug of [
      "PreSignUp failed with error TypeError: Cannot read properties of undefined (reading 'x').",
      'PreSignUp failed with error NotAuthorizedException.',
      'PreSignUp failed with error {"errorMessage":"x"}',
      'PreSignUp failed with error <b>x</b>',
      'PreSignUp failed with error boom\n    at handler (/var/task/index.js:1:2)',
      'something else',
    ]) {
      expect(own(bug)).toBe(englishTexts.errors.refused);
    }
  });

  it('knows what went wrong without an answer', () => {
    const codes = [
      new PoolFailure('SignUp', { httpStatus: 0, message: 'no connection' }),
      new PoolFailure('SignUp', { httpStatus: 502, message: 'HTTP 502, and no JSON' }),
      new PoolFailure('SignUp', { httpStatus: 429, message: 'HTTP 429' }),
      new NoCryptography(),
      new SrpRefusal('B is zero'),
      new TypeError('x is undefined'),
      'a text',
      undefined,
    ].map((thrown) => toAuthError(thrown, englishTexts).code);
    expect(codes).toEqual([
      'network',
      'unavailable',
      'too-many-attempts',
      'insecure-page',
      'unavailable',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('never shows the name of an exception, a stack, or what the service said', () => {
    const names = [...new Set(TABLE.map(([, service]) => service)), ...MORE_NAMES];
    const operations = [...new Set(TABLE.map(([operation]) => operation))];
    const secret = 'SomeException: java.lang.NullPointerException\n    at Foo.bar(Foo.java:12)';
    for (const name of names) {
      for (const operation of operations) {
        for (const says of [
          '',
          secret,
          `${WRONG} ${secret}`,
          `PreSignUp failed with error ${secret}`,
          ...TABLE.map(([, , text]) => text),
        ]) {
          const { message } = told(operation, name, says);
          expect(message).not.toMatch(
            /Exception|\bError\b|java|Foo|\{|\}|undefined|_AUTH|CONFIRMED|Lambda/,
          );
          expect(message).toMatch(/^[A-Z].*[.]$/);
        }
      }
    }
  });

  it('has words for everything, without a name of the service in them', () => {
    const all = [englishTexts.errors, englishTexts.passwordReasons].flatMap((texts) =>
      Object.values(texts),
    );
    expect(new Set(all).size).toBe(all.length);
    for (const text of all) expect(text).toMatch(/^[A-Z][^]+\.$/);
  });
});

const MORE_NAMES = [
  'ConcurrentModificationException',
  'DuplicateProviderException',
  'EnableSoftwareTokenMFAException',
  'ForbiddenException',
  'InternalErrorException',
  'InvalidEmailRoleAccessPolicyException',
  'InvalidLambdaResponseException',
  'InvalidOAuthFlowException',
  'InvalidSmsRoleAccessPolicyException',
  'InvalidSmsRoleTrustRelationshipException',
  'InvalidUserPoolConfigurationException',
  'MFAMethodNotFoundException',
  'PreconditionNotMetException',
  'RefreshTokenReuseException',
  'ScopeDoesNotExistException',
  'SerializationException',
  'SoftwareTokenMFANotFoundException',
  'TokenRevokedException',
  'UnauthorizedException',
  'UnexpectedLambdaException',
  'UnknownOperationException',
  'UnsupportedOperationException',
  'UnsupportedTokenTypeException',
  'UnsupportedUserStateException',
  'UserPoolAddOnNotEnabledException',
  'UserPoolTaggingException',
  'NobodyKnowsThisException',
  '__proto__',
  'constructor',
];
