import type { PoolFailure } from '../pool/pool-api';
import type { PoolOperation } from '../pool/wire';
import type { AuthErrorCode, AuthErrorField, PasswordReason } from '../errors/auth-error';

/** What a refusal of the pool means to a person. */
export interface Meaning {
  readonly code: AuthErrorCode;
  readonly field?: AuthErrorField;
  readonly reason?: PasswordReason;
  readonly attributes?: readonly string[];
}

interface Rule {
  /** A pattern of the pool's message; any message when absent. */
  readonly says?: RegExp;
  /** The operations that it is for; all when absent. */
  readonly of?: readonly PoolOperation[];
  readonly means: Meaning;
}

const signIn: readonly PoolOperation[] = ['InitiateAuth', 'RespondToAuthChallenge'];
/** What some regions of Amazon Cognito do not have yet. */
const newer: readonly PoolOperation[] = ['ListUserSessions', 'RevokeUserSession', 'ListDevices'];

/** What an error means by its message, the first that fits. Source: behaviour.md 5.2 to 5.7, 6.1, 6.4 and 7.4. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  NotAuthorizedException: [
    {
      says: /incorrect username or password/i,
      of: ['ChangePassword'],
      means: { code: 'wrong-password', field: 'previousPassword' },
    },
    {
      says: /incorrect username or password/i,
      means: { code: 'wrong-credentials', field: 'password' },
    },
    { says: /^sign in again/i, means: { code: 'sign-in-again' } },
    { says: /attempts exceeded/i, means: { code: 'too-many-attempts' } },
    { says: /user is disabled/i, means: { code: 'user-disabled' } },
    { says: /temporary password has expired/i, means: { code: 'temporary-password-expired' } },
    { says: /current status is confirmed/i, means: { code: 'already-confirmed' } },
    { says: /invalid session|session is expired/i, means: { code: 'challenge-expired' } },
    { says: /signup is not permitted/i, means: { code: 'sign-up-closed' } },
    { says: /cannot be reset|contact administrator/i, means: { code: 'no-recovery' } },
    {
      says: /unauthorized attribute|cannot modify/i,
      means: { code: 'attribute-not-allowed', field: 'attributes' },
    },
    { says: /secret ?hash|secret/i, means: { code: 'misconfigured' } },
    { says: /(access|refresh) token/i, means: { code: 'signed-out' } },
    { of: signIn, means: { code: 'wrong-credentials', field: 'password' } },
    { means: { code: 'not-allowed' } },
  ],
  UserNotFoundException: [
    { of: signIn, means: { code: 'wrong-credentials', field: 'password' } },
    { means: { code: 'user-not-found', field: 'username' } },
  ],
  UserNotConfirmedException: [{ means: { code: 'not-confirmed' } }],
  PasswordResetRequiredException: [{ means: { code: 'password-reset-required' } }],
  UsernameExistsException: [{ means: { code: 'username-taken', field: 'username' } }],
  AliasExistsException: [{ means: { code: 'alias-taken', field: 'attributes' } }],
  InvalidPasswordException: [
    ...passwordRules([
      [/not long enough|length greater/i, 'too-short'],
      [/uppercase/i, 'needs-uppercase'],
      [/lowercase/i, 'needs-lowercase'],
      [/numeric/i, 'needs-number'],
      [/symbol/i, 'needs-symbol'],
      [/security reasons/i, 'is-breached'],
      [/\\S|space/i, 'has-outer-spaces'],
      [/temporary/i, 'is-temporary'],
    ]),
    { means: { code: 'invalid-password', field: 'password' } },
  ],
  PasswordHistoryPolicyViolationException: [
    { means: { code: 'password-used-before', field: 'password' } },
  ],
  CodeMismatchException: [{ means: { code: 'wrong-code', field: 'code' } }],
  ExpiredCodeException: [
    // settings.md 7#9: the code of an authenticator application works once.
    { says: /already been used/i, means: { code: 'used-code', field: 'code' } },
    { means: { code: 'expired-code', field: 'code' } },
  ],
  EnableSoftwareTokenMFAException: [{ means: { code: 'wrong-code', field: 'code' } }],
  SoftwareTokenMFANotFoundException: [{ means: { code: 'factor-not-offered' } }],
  CodeDeliveryFailureException: [{ means: { code: 'code-not-sent' } }],
  LimitExceededException: [
    { says: /email limit/i, means: { code: 'code-not-sent' } },
    { means: { code: 'too-many-attempts' } },
  ],
  TooManyRequestsException: [{ means: { code: 'too-many-attempts' } }],
  TooManyFailedAttemptsException: [{ means: { code: 'too-many-attempts' } }],
  TokenRevokedException: [{ means: { code: 'signed-out' } }],
  RefreshTokenReuseException: [{ means: { code: 'signed-out' } }],
  ForbiddenException: [{ means: { code: 'not-allowed' } }],
  ResourceNotFoundException: [{ means: { code: 'misconfigured' } }],
  UnknownOperationException: [
    { of: newer, means: { code: 'not-offered' } },
    { means: { code: 'misconfigured' } },
  ],
  UserPoolAddOnNotEnabledException: [{ means: { code: 'misconfigured' } }],
  WebAuthnNotEnabledException: [{ means: { code: 'not-offered' } }],
  WebAuthnChallengeNotFoundException: [{ means: { code: 'passkey-cancelled' } }],
  WebAuthnConfigurationMissingException: [{ means: { code: 'misconfigured' } }],
  WebAuthnClientMismatchException: [{ means: { code: 'passkey-cancelled' } }],
  WebAuthnOriginNotAllowedException: [{ means: { code: 'passkey-not-possible' } }],
  WebAuthnRelyingPartyMismatchException: [{ means: { code: 'passkey-not-possible' } }],
  WebAuthnCredentialNotSupportedException: [{ means: { code: 'passkey-not-possible' } }],
  // Pools without devices.
  InvalidUserPoolConfigurationException: [
    { says: /tracking is not enabled/i, means: { code: 'not-offered' } },
    { means: { code: 'misconfigured' } },
  ],
  OperationNotEnabledException: [{ means: { code: 'not-offered' } }],
  FeatureUnavailableInTierException: [{ means: { code: 'not-offered' } }],
  UnexpectedLambdaException: [{ means: { code: 'unavailable' } }],
  InvalidLambdaResponseException: [{ means: { code: 'unavailable' } }],
  UserLambdaValidationException: [{ means: { code: 'refused' } }],
  InternalErrorException: [{ means: { code: 'unavailable' } }],
  InvalidParameterException: [
    {
      says: /not enabled for (this|the) client|auth method not supported/i,
      means: { code: 'misconfigured' },
    },
    // settings.md 8#9
    { says: /challenge is not available/i, means: { code: 'not-offered' } },
    { says: /already confirmed/i, means: { code: 'already-confirmed' } },
    { says: /no registered\/verified|cannot reset password/i, means: { code: 'no-recovery' } },
    { says: /auto verification not turned on/i, means: { code: 'no-recovery' } },
    // settings.md 7#2
    { says: /delivery config set to turn on/i, means: { code: 'factor-not-offered' } },
    { says: /requires MFA/i, means: { code: 'factor-required' } },
    {
      says: /cannot be of (email|phone)/i,
      means: { code: 'username-must-not-be-email', field: 'username' },
    },
    { says: /username should be/i, means: { code: 'username-must-be-email', field: 'username' } },
    {
      says: /invalid email address/i,
      means: { code: 'invalid-email', field: 'attributes', attributes: ['email'] },
    },
    {
      says: /invalid phone number/i,
      means: { code: 'invalid-phone-number', field: 'attributes', attributes: ['phone_number'] },
    },
    {
      says: /attribute cannot be updated/i,
      means: { code: 'attribute-not-allowed', field: 'attributes' },
    },
    ...passwordRules([
      [/'(password|proposedPassword|newPassword)' .*pattern: .*\\S/, 'has-outer-spaces'],
    ]),
    {
      says: /'(password|proposedPassword|newPassword)'/,
      means: { code: 'invalid-password', field: 'password' },
    },
    { says: /'previousPassword'/, means: { code: 'wrong-password', field: 'previousPassword' } },
    { says: /'(confirmationCode|code|userCode)'/, means: { code: 'wrong-code', field: 'code' } },
    { says: /'username'/, means: { code: 'invalid-input', field: 'username' } },
    {
      says: /missing required parameter USERNAME/i,
      means: { code: 'invalid-input', field: 'username' },
    },
    {
      says: /missing required parameter PASSWORD/i,
      means: { code: 'invalid-input', field: 'password' },
    },
    { says: /userAttributes/, means: { code: 'invalid-input', field: 'attributes' } },
    { means: { code: 'invalid-input' } },
  ],
};

/** Reads the meaning out of a failed call. */
export function meaningOf(failure: PoolFailure): Meaning {
  const { serviceCode = '', message, operation, httpStatus } = failure;
  if (httpStatus === 0) return { code: 'network' };
  const attributes = attributeMeaning(serviceCode, message);
  if (attributes) return attributes;
  const rules = Object.hasOwn(RULES, serviceCode) ? RULES[serviceCode] : undefined;
  const rule = rules?.find(
    ({ says, of }) => (says?.test(message) ?? true) && (of?.includes(operation) ?? true),
  );
  if (rule) return rule.means;
  if (httpStatus === 429) return { code: 'too-many-attempts' };
  return { code: httpStatus >= 500 ? 'unavailable' : 'unknown' };
}

const SCHEMA = /^(attributes did not conform to the schema|invalid user attributes):/i;
const GIVEN = /^invalid attributes given,/i;

/** Several attributes may be wrong at once, a line each: `email: The attribute is required`, or `name is missing`. */
function attributeMeaning(serviceCode: string, message: string): Meaning | undefined {
  if (serviceCode !== 'InvalidParameterException') return undefined;
  const isMissing = GIVEN.test(message);
  if (!isMissing && !SCHEMA.test(message)) return undefined;
  const lines = message.replace(isMissing ? GIVEN : SCHEMA, '').split('\n');
  const complaints = lines.flatMap((line) => {
    const [, name, text] = /^\s*(?:user\.)?([\w:]+?)(?:: | is )(.*)/.exec(line) ?? [];
    return name === undefined || text === undefined ? [] : [{ name, text }];
  });
  if (complaints.length === 0) return { code: 'invalid-input', field: 'attributes' };
  const missing = complaints.every(({ text }) => /required|missing/i.test(text));
  return {
    code: missing ? 'attribute-missing' : 'attribute-invalid',
    field: 'attributes',
    attributes: complaints.map(({ name }) => name),
  };
}

function passwordRules(reasons: readonly (readonly [RegExp, PasswordReason])[]): Rule[] {
  return reasons.map(([says, reason]) => ({
    says,
    means: { code: 'invalid-password', field: 'password', reason },
  }));
}
