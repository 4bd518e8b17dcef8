/**
 * Texts that clients match on or people know from the service, each with its source in behaviour.md
 * (its section in brackets). What is marked unsure there is marked unsure here.
 */
export const messages = {
  /** behaviour.md 8, form of a failed invocation; the function is not to be found from here. */
  triggerNotRun: (trigger: string) =>
    `${trigger} invocation failed due to error ResourceNotFoundException.`,
  /** behaviour.md 8.2; a full stop is appended, whatever the function's own text ends with. */
  triggerThrew: (trigger: string, error: string) => `${trigger} failed with error ${error}.`,
  /** federation-triggers.md 3.6; sources differ about a full stop at the end. */
  triggerUnreachable: (trigger: string, error: string) =>
    `${trigger} invocation failed due to error ${error}`,
  /** behaviour.md 8.2. */
  triggerOutput: 'Unrecognizable lambda output',
  /** behaviour.md 6.1 [field]. */
  customAuthNotConfigured: 'Custom auth lambda trigger is not configured for the user pool.',
  /** settings.md 5.3 [field]. */
  securityReasons: 'Request not allowed due to security reasons.',
  /** settings.md 8 [field]. */
  challengeNotAvailable: 'Selected challenge is not available',
  /** Ours. */
  factorMissing:
    'This user pool requires multi-factor authentication, and the user has no second factor to be asked for.',
  // 1.7
  tooManyRequests: 'Too many requests', // [unsure]
  attemptLimitExceeded: 'Attempt limit exceeded, please try after some time.',
  // 1.2, 7.4
  accessTokenWithoutScope: 'Access Token does not have required scopes',
  accessTokenRevoked: 'Access Token has been revoked',
  accessTokenExpired: 'Access Token has expired',
  accessTokenInvalid: 'Invalid Access Token',
  refreshTokenRevoked: 'Refresh Token has been revoked',
  refreshTokenExpired: 'Refresh Token has expired',
  refreshTokenInvalid: 'Invalid Refresh Token',
  refreshTokenReused: 'Refresh token has been invalidated by rotation', // [unsure]
  // 3.4
  poolNotFound: (id: string) => `User pool ${id} does not exist.`,
  poolIdTaken: (id: string) => `User pool ${id} already exists.`, // ours: the service chooses ids itself
  poolsRestricted: 'The access key is limited to other user pools.', // ours: the service has IAM
  poolProtected:
    'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
  clientNotFound: (id: string) => `User pool client ${id} does not exist.`,
  clientIdTaken: (id: string) => `User pool client ${id} already exists.`, // ours: the service chooses ids itself
  tooManyClients: (most: number) => `User pools have at most ${most} app clients.`, // [unsure]
  clientWithoutSecret: (id: string) => `User pool client ${id} has no secret.`, // [unsure]
  tooManySecrets: (most: number) => `Client secrets cannot exceed limit of ${most} secrets.`, // behaviour.md 2
  secretInUse: 'The value is a secret of the client already.', // ours
  secretNotFound: (id: string) => `Client secret ${id} does not exist.`, // [unsure]
  lastSecret: 'The only secret of a client cannot be deleted.', // [unsure]
  secretTwice: 'ClientSecret cannot be given when GenerateSecret is true.', // [unsure]
  // 4.3
  secretHashMissing: (id: string) =>
    `Client ${id} is configured with secret but SECRET_HASH was not received`,
  secretHashWrong: (id: string) => `Unable to verify secret hash for client ${id}`,
  secretHashOfRefresh: (id: string) => `SecretHash does not match for the client: ${id}`, // settings.md 12
  // 5.2
  userExists: 'User already exists',
  adminUserExists: 'User account already exists',
  aliasTaken: (attribute: string) => `An account with the given ${attribute} already exists.`,
  signUpOff: 'SignUp is not permitted for this user pool',
  unauthorizedAttribute: 'A client attempted to write unauthorized attribute',
  usernameDiffers: (attribute: string) => `The ${attribute} attribute differs from the username.`, // [unsure]
  preferredUsernameTooEarly:
    'Preferred username cannot be provided for unconfirmed account, since user pool is configured for preferred username alias.', // amplify-js 1669
  memberMissing: (member: string) =>
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`, // 1.5
  // 5.3
  codeMismatch: 'Invalid verification code provided, please try again.',
  codeExpired: 'Invalid code provided, please request a code again.',
  resendWhenConfirmed: 'User is already confirmed.',
  nobodyToResendTo: 'Cannot resend codes. Auto verification not turned on.', // [unsure]
  userClientNotFound: 'Username/client id combination not found.',
  cannotBeConfirmed: (status: string) => `User cannot be confirmed. Current status is ${status}`,
  aliasTakenAtConfirmation: (attribute: string) =>
    `An account with the ${attribute} already exists.`,
  // 5.4, 6.1
  userNotFound: 'User does not exist.',
  incorrectUsernameOrPassword: 'Incorrect username or password.',
  userDisabled: 'User is disabled.',
  userNotConfirmed: 'User is not confirmed.',
  passwordResetRequired: 'Password reset required for the user',
  attemptsExceeded: 'Password attempts exceeded',
  temporaryPasswordAgain:
    'Password did not conform with policy: Password must differ from the temporary password', // ours: the service takes it (5.2)
  temporaryPasswordExpired: 'Temporary password has expired and must be reset by an administrator.',
  /** 1.5 for the form; which rule of this operation would be broken is [unsure]. */
  numberTooSmall: (member: string, value: number, least: number) =>
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value greater than or equal to ${least}`,
  numberTooLarge: (member: string, value: number, most: number) =>
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
  // 5.2, 5.6: the reasons stand behind "Attributes did not conform to the schema: <name>: " or "user.<name>: "
  attributeUnknown: 'Attribute does not exist in the schema.',
  invalidName: 'Value is not a valid name.', // ours
  preferredNameIsAddress: 'Value cannot be an email address or phone number.', // [unsure]
  attributeImmutable: 'Attribute cannot be updated.',
  stringTooShort: (least: number) => `String must be no shorter than ${least} characters`, // aws-sdk-java 1396
  stringTooLong: (most: number) => `String must be no longer than ${most} characters`, // [unsure]
  invalidEmail: 'Invalid email address format.',
  invalidPhoneNumber: 'Invalid phone number format.',
  // 5.7
  noRecoveryAddress:
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  notResettable: 'User password cannot be reset in the current state.',
  administratorResets: 'Contact administrator to reset password.',
  // 5.4, 5.6: users and attributes
  noAddressForMedium: (medium: 'EMAIL' | 'SMS') =>
    medium === 'EMAIL'
      ? 'No email provided but desired delivery medium was Email'
      : 'No phone number provided but desired delivery medium was SMS', // [unsure]
  nothingToVerify: (attribute: string) =>
    `No ${attribute} provided but ${attribute}_verified was true`, // [unsure]
  resendImpossible: (username: string) =>
    `Resend not possible. ${username} status is not FORCE_CHANGE_PASSWORD`, // [unsure]
  requiredNotDeletable: (attribute: string) =>
    `Invalid user attributes: ${attribute}: Required attribute cannot be deleted.`,
  notVerifiable: 'Invalid attribute name. Only phone_number and email can be verified.',
  noRegistered: (attribute: 'email' | 'phone_number') =>
    `User does not have a valid registered ${attribute === 'email' ? 'email address' : 'phone number'}`,
  requestedAttributeUnknown: 'One or more requested attributes do not exist.', // [unsure]
  // 6.4
  sessionMissing: 'Missing required parameter Session',
  timestampForm: 'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.', // 6.1
  invalidSession: 'Invalid session for the user.',
  // SDK, TARGET_ACR_VALUES, where no text is given
  levelsUnknown: 'None of the target ACR values is known to the user pool.', // [unsure]
  tokenWithoutLevels: 'ACCESS_TOKEN needs TARGET_ACR_VALUES.', // [unsure]
  maxAgeInvalid: 'MAX_AGE must be a whole number of seconds.', // [unsure]
  expiredSession: 'Invalid session for the user, session is expired.',
  usedSession: 'Invalid session for the user, session can only be used once.', // settings.md 6
  // settings.md 13.1, where no text was measured
  sessionsAboveTier: (tier: string) =>
    `Session tracking is not available in the ${tier} pricing tier.`, // [unsure]
  // behaviour.md 6.7; clients match on the first.
  deviceNotFound: 'Device does not exist.',
  deviceKeyInvalid: 'Invalid device key given.', // [field]
  deviceKeyTaken: 'The device is confirmed already.', // ours
  deviceNegative: (what: 'salt' | 'verifier') => `Negative value passed for ${what}`, // [field]
  devicesNotTracked: 'Device tracking is not enabled for this user pool.', // [unsure]
  // settings.md 5.5, where no text was measured
  eventNotFound: 'Event does not exist.', // [unsure]
  feedbackTokenInvalid: 'Invalid feedback token.', // [unsure]
  threatProtectionOff: 'Threat protection is not enabled for this user pool.', // [unsure]
  sessionNotFound: 'Session does not exist.', // [unsure]
  sessionIsCurrent: 'The current session cannot be revoked.', // [unsure]
  sessionsNotTracked: 'Session tracking is not enabled for this user pool.', // [unsure]
  // settings.md 6, 7; behaviour.md 6.8
  wrongSignInCode: 'Invalid code or auth state for the user.',
  wrongSoftwareToken: 'Invalid code received for user',
  usedSoftwareToken: 'Your software token has already been used once.',
  softwareTokenNotVerified: 'Code mismatch and fail enable Software Token MFA',
  softwareTokenOff: 'Software Token MFA has not been enabled by the userPool',
  cannotTurnOn: (method: string) => `User does not have delivery config set to turn on ${method}`,
  preferredTwice: 'Only one MFA method can be preferred.', // [unsure]
  mfaRequired: 'User pool requires MFA: at least one MFA method must stay turned on.', // ours
  deviceNameNotText: 'FriendlyDeviceName is not valid text.', // ours
  deviceNameTooLong: (most: number) => `FriendlyDeviceName has at most ${most} characters.`, // ours
  tokenOrSession: 'Provide either AccessToken or Session.', // [unsure]
  // 6.10, settings.md 9: all but the first [unsure]
  passkeyInvalid: 'Credential data is not valid',
  passkeysOff: 'WebAuthn is not enabled for this user pool.',
  passkeysWithoutDomain: 'The user pool has no relying party ID and no domain.',
  passkeyChallengeNotFound: 'The registration challenge was not found or has expired.',
  passkeyOfOtherClient: 'The registration was started by another app client.',
  passkeyOriginNotAllowed: 'The origin is not allowed for the relying party.',
  passkeyOfOtherParty: 'The credential belongs to another relying party.',
  passkeyNotSupported: 'The credential is not supported.',
  passkeyNotFound: 'Credential does not exist.',
  tooManyPasskeys: (most: number) => `Users have at most ${most} passkeys.`,
  signInTooOld: 'Sign in again to do this.', // ours
  // 10
  invalidPageToken: 'Invalid pagination token', // [unsure]
  groupNotFound: 'Group not found.', // [unsure]
  groupExists: 'A group with the name already exists',
  tooManyGroups: (most: number) => `User pools have at most ${most} groups.`, // [unsure]
  tooManyGroupsOfUser: (most: number) => `Users belong to at most ${most} groups.`, // [unsure]
  // federation-triggers.md 1.3, 7
  providerExists: (name: string, pool: string) => `${name} already exists in user pool ${pool}`,
  providerNotFound: (name: string, pool: string) =>
    `Identity provider ${name} does not exist in user pool ${pool}.`, // [unsure]
  identifierNotFound: (identifier: string, pool: string) =>
    `No identity provider of user pool ${pool} has the identifier ${identifier}.`, // [unsure]
  identifierTaken: (identifier: string) =>
    `The identifier ${identifier} belongs to another identity provider.`, // [unsure]
  tooManyProviders: (most: number) => `User pools have at most ${most} identity providers.`, // [unsure]
  // federation-triggers.md 2.7
  sourceIsOwnUser:
    'Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser',
  sourceIsUser:
    'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
  notLinked: "Account isn't linked to anyone else, verify that the account has been linked",
  linkIncomplete: (member: string) =>
    `${member} needs ProviderName, ProviderAttributeName and ProviderAttributeValue.`, // [unsure]
  linkAttribute: (name: string) => `Invalid ProviderAttributeName: ${name}`, // [unsure]
  linkTooLong: (most: number) =>
    `ProviderName, ProviderAttributeName and ProviderAttributeValue have at most ${most} characters together.`, // [unsure]
  identityTaken: 'The identity is linked to another user.', // [unsure]
  tooManyIdentities: (most: number) => `Users have at most ${most} linked identities.`, // [unsure]
  resourceServerNotFound: (id: string) => `Resource server ${id} does not exist.`,
  resourceServerExists: (id: string, pool: string) => `${id} already exists in user pool ${pool}.`,
  tooManyResourceServers: (most: number) => `User pools have at most ${most} resource servers.`, // [unsure]
  scopeTwice: (name: string) => `The scope ${name} is given twice.`, // [unsure]
  invalidArn: 'Invalid resource ARN.', // [unsure]
} as const;
