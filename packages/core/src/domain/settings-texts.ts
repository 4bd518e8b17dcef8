/**
 * Refusals of settings, in the words of the service. Unless a section of behaviour.md is named, they stand in settings.md, whose
 * section is in brackets; both say by whom they were measured.
 */
export const settingsTexts = {
  // 2.2: user pools
  bothNames: 'Only one of the aliasAttributes or usernameAttributes can be set in a User pool.',
  smsForVerification:
    'SMS configuration is required when phone_number is selected for auto verification',
  smsForMfa:
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
  mfaOnTooLate: 'Cannot turn MFA functionality ON, once the user pool has been created.', // 3
  smsForFirstFactor:
    'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
  waitingNotVerified:
    'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
  olderTemporaryDays:
    'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
  adminOnlyBesideOthers:
    'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.',
  recoveryTwice:
    'Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.',
  recoveryByMfaPhone:
    'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
  recoveryByMfaEmail:
    'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_email as a recovery mechanism when Email MFA is configured.', // [unsure]
  mfaOffWithFactors:
    "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.", // 3
  mfaWithoutFactors:
    "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.", // behaviour.md 3.4
  mfaByPasskeyAlone:
    'Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.', // 3
  codesBesideMfa:
    'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled', // 3
  passkeyBesideMfa:
    'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor', // 3
  passwordFactorMissing: 'Password should be configured as one of the allowed first auth factors.',
  softwareTokenFirst: 'SOFTWARE_TOKEN is not supported in AllowedFirstAuthFactors.', // [unsure]
  featuresAboveTier: (tier: string, features: readonly string[]) =>
    `The following features need to be disabled for the ${tier} pricing tier configured: ${features.join(', ')}`, // several at once: unsure
  featureAboveTier: (tier: string, feature: string) =>
    `The following feature is not available for the ${tier} pricing tier configured: ${feature}`,
  preTokenFunctions:
    "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
  senderWithoutKey: 'KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.',
  keyElsewhere: (region: string) => `Invalid arn ${region}`,
  functionElsewhere: 'Cross-region lambda functions are not supported',
  customerKeyMissing: 'KmsKeyArn is required for CUSTOMER_MANAGED_KEY.', // [unsure]
  acrLevelUnknown: 'AcrConfiguration has only Level1, Level2, Level3 and Level4.', // [unsure]
  acrValueInvalid: 'AcrValue has 1 to 64 characters that are valid in a URI.', // [unsure]
  acrValueTwice: 'AcrValue must be unique across all levels.', // [unsure]
  smsWays: 'Provide either SnsCallerArn or EumsSms in SmsConfiguration.', // [unsure]
  eumsElsewhere: "EumsSms must be in the user pool's Region.", // [unsure]
  snsElsewhere: (region: string) =>
    `Invalid snsRegion. Allowed SNS region for ${region} is ${region}`,
  identityNotAllowed: 'Cognito is not allowed to use your email identity',
  identityMissing: 'Source ARN is required to use DEVELOPER email sending owner',
  identityElsewhere:
    'Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2.',
  invalidSender: 'Provided From email address is invalid',
  // 2.3; behaviour.md 3.3: schemas
  requiredCustom: 'Required custom attributes are not supported currently.',
  standardChanged: (name: string) =>
    `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${name}`,
  lengthsCrossed: (name: string) =>
    `Attribute ${name} cannot have a max length shorter than it's min length`,
  valuesCrossed: (name: string) =>
    `Attribute ${name} cannot have a max value smaller than it's min value`,
  customTwice: (name: string) =>
    `Duplicate custom attribute names custom:${name} are not allowed in a user pool schema.`,
  // 2.4: app clients
  flowNamesMixed: "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
  rotationWithRefreshFlow:
    'ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.',
  validityOutOfRange: 'Invalid range for token validity.',
  validityBeyondRefresh:
    'Access and Id Token expiration times must be less than or equal to refresh token expiration times.',
  readAttributes: (doing: string) => `Invalid read attributes specified while ${doing} a client`,
  writeAttributes: (doing: string) => `Invalid write attributes specified while ${doing} a client`,
  // 2.5, federation-triggers.md 1.3
  providerOfOtherType: (name: string, type: string) =>
    `Provider ${name} cannot be of type ${type}.`,
  socialDetails: 'clientId, clientSecret and authorizeScopes are all required idp details.',
  appleDetails: 'clientId, privateKey, teamId, and keyId are all required idp details.',
  oidcDetails:
    'clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.',
  issuerNotSecure: 'OIDC endpoint must start with https://',
  attributesMethod: (given: string) =>
    `1 validation error detected: Value '${given}' at 'providerConfiguration.oidcConfig.attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: [POST, GET]`,
  discoveryFailed: 'Unable to contact well-known endpoint',
  metadataMissing: 'At least one of the MetadataURL or MetadataFile should be provided.',
  metadataTwice: 'Only one of the MetadataURL or MetadataFile should be provided.',
  metadataUnreachable: (url: string) => `Error retrieving metadata from ${url}`,
  metadataInvalid: 'The metadata is not that of a SAML 2.0 identity provider.', // [unsure]
  mappingInvalid: (names: readonly string[]) =>
    `AttributeMapping contains invalid mapping: [${names.join(', ')}]`,
  levelsNotOidc: 'AcrMapping is for OIDC providers only.', // [unsure]
  levelsInvalid: 'AcrMapping has other keys than Level1, Level2, Level3 and Level4.', // [unsure]
  providerUnknown: (provider: string, pool: string) =>
    `The provider ${provider} does not exist for User Pool ${pool}.`,
  urlWithFragment: (url: string) => `${url} cannot use fragment`,
  urlOverHttp: (url: string) => `${url} cannot use the HTTP protocol.`,
  urlInvalid: (url: string) => `${url} is not a valid redirect URL.`, // [unsure]
  urlWithUser: (url: string) => `${url} cannot hold a user name.`, // [unsure]
  defaultRedirectUnknown: (url: string) =>
    `The default redirect URI ${url} is not in the callback URIs list.`,
  flowsAndScopesMissing:
    'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
  callbacksMissing: 'CallbackUrls can not be empty when code flow or implicit flow is selected', // crossfeed #440
  machineFlowWithOthers:
    'client_credentials flow can not be selected along with code flow or implicit flow.',
  machineFlowWithoutSecret:
    'client_credentials flow can not be selected if client does not have a client secret.',
  machineFlowScopes: 'client_credentials flow can only be used with custom scopes.', // [unsure]
  scopeUnknown: (scope: string) => `Invalid scope requested: ${scope}`,
  contextWithoutSecret:
    'Client Secret is required to set EnablePropagateAdditionalUserContextData as true',
  analyticsBothWays:
    'Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid',
  analyticsElsewhere: (region: string) =>
    `The integration with Pinpoint is not supported for the requested ${region} region.`,
  // 2.7: risk and logs
  rangeInvalid: 'Incorrect CIDR format',
  logDeliveryInvalid: (twice: readonly string[], elsewhere: readonly string[]) =>
    `Request validation Failed. ${[
      // The service's spelling.
      ...(twice.length > 0
        ? [`Following event sources appear more then once in a request: [${twice.join(', ')}].`]
        : []),
      ...(elsewhere.length > 0
        ? [
            `[${elsewhere.map((arn) => `CloudWatch log group arn ${arn} failed with the following validation errors: ARN does not belong to current region. `).join('')}]`,
          ]
        : []),
    ].join(' ')}`,
  logWithoutDestination: 'Each log configuration needs exactly one destination.', // [unsure]
  logLevelInvalid: 'userNotification has the log level ERROR, userAuthEvents INFO.', // [unsure]
  relyingPartyInvalid: 'RelyingPartyId contains invalid characters', // settings.md 2.2
  relyingPartyPublic: 'RelyingPartyId must be a domain of your own', // ours
} as const;
