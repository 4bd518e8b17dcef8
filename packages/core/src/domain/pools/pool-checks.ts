import { isRegionOfAws, otherRegionOf } from '../arn-region.ts';
import { settingsTexts } from '../settings-texts.ts';
import { acrProblem, customAcrLevels } from './acr-levels.ts';
import { poolMethods } from './mfa-methods.ts';
import type { ConfigurationValues } from './pool-configuration.ts';
import type { ChangeablePoolSettings, FixedPoolSettings } from './pool-settings.ts';
import { senderProblem } from './sender-checks.ts';
import { firstProblem, invalid, type SettingsProblem } from './settings-problem.ts';
import { tagsProblem } from './tags.ts';

/** The errors with which a pool's settings may be refused. */
export type PoolSettingsError = 'InvalidParameterException' | 'FeatureUnavailableInTierException';

/** What a request sets, and the region that its pool is in. */
export interface PoolSettingsRequest {
  readonly given: ChangeablePoolSettings;
  readonly region: string;
}

/** The settings that the pool would have, and the operation. */
export interface PoolSettingsResult {
  /** Including what an update leaves unchanged. */
  readonly settings: ChangeablePoolSettings;
  /** What SetUserPoolMfaConfig has set, or is setting. */
  readonly factors?: ConfigurationValues['mfa'];
  readonly occasion: 'create' | 'update';
  /** Whether the pool tracks sessions, which is set elsewhere. */
  readonly tracksSessions?: boolean;
}

type Problem = SettingsProblem<PoolSettingsError> | undefined;
type RequestCheck = (request: PoolSettingsRequest) => Problem;
type ResultCheck = (result: PoolSettingsResult) => Problem;

/**
 * Why CreateUserPool or UpdateUserPool refuses a request, whatever the pool already has: for an update, this is reported before its pool is
 * looked up (settings.md 1). Source: settings.md 2.2.
 */
export function poolRequestProblem(request: PoolSettingsRequest): Problem {
  return firstProblem<PoolSettingsRequest, PoolSettingsError>(
    [sms, email, temporaryPasswords, firstFactors, recovery, updates, triggers, keys, tags, acr],
    request,
  );
}

/** Why a pool may not have this combination of settings, some of which an update may keep. Source: settings.md 2.2, 3. */
export function poolSettingsProblem(result: PoolSettingsResult): Problem {
  return firstProblem<PoolSettingsResult, PoolSettingsError>(
    [mfa, firstFactorsBesideMfa, autoVerification, codesBySms, recoveryBesideMfa, tier],
    result,
  );
}

/** People sign in either with the user name and its aliases, or with addresses as user names. Source: settings.md 2.2. */
export function signInNamesProblem(
  fixed: Pick<FixedPoolSettings, 'AliasAttributes' | 'UsernameAttributes'>,
): SettingsProblem | undefined {
  return fixed.AliasAttributes?.length && fixed.UsernameAttributes?.length
    ? invalid(settingsTexts.bothNames)
    : undefined;
}

/**
 * One way to send SMS, in the pool's own region. The service also refuses roles of other accounts; this server uses no roles, and
 * definitions of real pools contain their own account. Source: SDK, SmsConfigurationType; settings.md 2.2.
 */
const sms: RequestCheck = ({ given: { SmsConfiguration }, region }) => {
  if (SmsConfiguration === undefined) return undefined;
  const { SnsCallerArn, EumsSms, SnsRegion = region } = SmsConfiguration;
  if (Boolean(SnsCallerArn) === (EumsSms !== undefined)) return invalid(settingsTexts.smsWays);
  if (isRegionOfAws(region) && SnsRegion !== region) {
    return invalid(settingsTexts.snsElsewhere(region));
  }
  return EumsSms?.Region !== undefined && EumsSms.Region !== region
    ? invalid(settingsTexts.eumsElsewhere)
    : undefined;
};

const email: RequestCheck = ({ given: { EmailConfiguration } }) => {
  const { From, ReplyToEmailAddress, SourceArn, EmailSendingAccount } = EmailConfiguration ?? {};
  if (EmailSendingAccount === 'DEVELOPER' && SourceArn === undefined) {
    return invalid(settingsTexts.identityMissing);
  }
  if (EmailSendingAccount !== 'DEVELOPER' && SourceArn !== undefined) {
    return invalid(settingsTexts.identityNotAllowed);
  }
  return senderProblem({ From, replyTo: ReplyToEmailAddress, SourceArn });
};

/** Equal days are accepted, because described pools have them: what was read can be written back. Source: settings.md 2.2. */
const temporaryPasswords: RequestCheck = ({ given }) => {
  const days = given.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays;
  const older = given.AdminCreateUserConfig?.UnusedAccountValidityDays;
  return days && older && days !== older ? invalid(settingsTexts.olderTemporaryDays) : undefined;
};

/** Source: API model, SignInPolicyType: passwords are always included, and software tokens are only second factors. */
const firstFactors: RequestCheck = ({ given }) => {
  const factors = given.Policies?.SignInPolicy?.AllowedFirstAuthFactors;
  if (factors === undefined) return undefined;
  if (factors.includes('SOFTWARE_TOKEN')) return invalid(settingsTexts.softwareTokenFirst);
  return factors.includes('PASSWORD') ? undefined : invalid(settingsTexts.passwordFactorMissing);
};

const recovery: RequestCheck = ({ given }) => {
  const mechanisms = given.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  const names = new Set(mechanisms.map(({ Name }) => Name));
  if (names.has('admin_only') && names.size > 1) {
    return invalid(settingsTexts.adminOnlyBesideOthers);
  }
  const priorities = new Set(mechanisms.map(({ Priority }) => Priority));
  return names.size < mechanisms.length || priorities.size < mechanisms.length
    ? invalid(settingsTexts.recoveryTwice)
    : undefined;
};

/** An attribute that is pending until it is verified must be one that gets a code. */
const updates: RequestCheck = ({ given }) => {
  const waiting =
    given.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  return waiting.every((name) => given.AutoVerifiedAttributes?.includes(name))
    ? undefined
    : invalid(settingsTexts.waitingNotVerified);
};

/** Source: API model, LambdaConfigType; settings.md 2.2. */
const triggers: RequestCheck = ({ given: { LambdaConfig = {} }, region }) => {
  const { PreTokenGeneration: older, KMSKeyID, ...functions } = LambdaConfig;
  const newer = functions.PreTokenGenerationConfig?.LambdaArn;
  if (older !== undefined && newer !== undefined && older !== newer) {
    return invalid(settingsTexts.preTokenFunctions);
  }
  const sender = functions.CustomEmailSender ?? functions.CustomSMSSender;
  if (sender !== undefined && KMSKeyID === undefined) {
    return invalid(settingsTexts.senderWithoutKey);
  }
  const arns = [older, ...Object.values(functions)].map((value) =>
    typeof value === 'object' ? value.LambdaArn : value,
  );
  if (arns.some((arn) => otherRegionOf(arn, region) !== undefined)) {
    return invalid(settingsTexts.functionElsewhere);
  }
  const keysRegion = otherRegionOf(KMSKeyID, region);
  return keysRegion === undefined ? undefined : invalid(settingsTexts.keyElsewhere(keysRegion));
};

const keys: RequestCheck = ({ given: { KeyConfiguration } }) =>
  KeyConfiguration?.KeyType === 'CUSTOMER_MANAGED_KEY' && KeyConfiguration.KmsKeyArn === undefined
    ? invalid(settingsTexts.customerKeyMissing)
    : undefined;

const tags: RequestCheck = ({ given }) => tagsProblem(given.UserPoolTags ?? {});

const acr: RequestCheck = ({ given }) => acrProblem(given.AcrConfiguration);

/** CreateUserPool knows SMS only as a second factor, UpdateUserPool also what SetUserPoolMfaConfig has set. Source: behaviour.md 3.4; settings.md 3. */
const mfa: ResultCheck = ({ settings, factors, occasion }) => {
  const { MfaConfiguration = 'OFF' } = settings;
  if (MfaConfiguration === 'OFF' || poolMethods({ settings }, factors).length > 0) return undefined;
  return invalid(
    occasion === 'update' && MfaConfiguration === 'ON'
      ? settingsTexts.mfaOnTooLate
      : settingsTexts.smsForMfa,
  );
};

/**
 * Where MFA is required, a first factor must not be what a second one is, and a passkey must be both. Source: settings.md 3#5, 3#6; that it
 * holds for UpdateUserPool too is unsure.
 */
const firstFactorsBesideMfa: ResultCheck = ({ settings, factors }) => {
  if (settings.MfaConfiguration !== 'ON') return undefined;
  const first = settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  if (first.includes('EMAIL_OTP') || first.includes('SMS_OTP')) {
    return invalid(settingsTexts.codesBesideMfa);
  }
  const { FactorConfiguration } = factors?.WebAuthnConfiguration ?? {};
  return first.includes('WEB_AUTHN') &&
    FactorConfiguration !== 'MULTI_FACTOR_WITH_USER_VERIFICATION'
    ? invalid(settingsTexts.passkeyBesideMfa)
    : undefined;
};

const autoVerification: ResultCheck = ({ settings }) =>
  settings.AutoVerifiedAttributes?.includes('phone_number') &&
  settings.SmsConfiguration === undefined
    ? invalid(settingsTexts.smsForVerification)
    : undefined;

const codesBySms: ResultCheck = ({ settings: { Policies, SmsConfiguration } }) =>
  Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes('SMS_OTP') &&
  SmsConfiguration === undefined
    ? invalid(settingsTexts.smsForFirstFactor)
    : undefined;

/**
 * One phone, or one mailbox, must not be both factors. Whether a second mechanism makes it acceptable is unsure; here it does, since pools
 * that have both are common, and no user recovers by what is a second factor. Source: settings.md 2.2; the text for mails is unsure.
 */
const recoveryBesideMfa: ResultCheck = ({ settings, factors }) => {
  const [mechanism, ...others] = settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanism === undefined || others.length > 0) return undefined;
  const { Name } = mechanism;
  const methods = poolMethods({ settings }, factors);
  if (Name === 'verified_phone_number' && methods.includes('SMS_MFA')) {
    return invalid(settingsTexts.recoveryByMfaPhone);
  }
  return Name === 'verified_email' && methods.includes('EMAIL_OTP')
    ? invalid(settingsTexts.recoveryByMfaEmail)
    : undefined;
};

/**
 * Source: behaviour.md 3.4 and SDK, AcrConfiguration and DcrConfiguration, for what is closed; settings.md 2.2, 2.6, for the names
 * "Passwordless Sign-In", "Token Customization ..." and "Threat Protection". The others are unsure.
 */
const tier: ResultCheck = ({ settings, factors, tracksSessions = false }) => {
  const { UserPoolTier = 'ESSENTIALS', Policies, LambdaConfig } = settings;
  const passkeys = factors?.WebAuthnConfiguration?.FactorConfiguration;
  const first = Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  const version = LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? 'V1_0';
  const aboveLite: readonly (readonly [string, boolean])[] = [
    ['Password History', (Policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0],
    ['Passwordless Sign-In', first.some((factor) => factor !== 'PASSWORD')],
    [`Token Customization with Pre-Token Generation Lambda ${version}`, version !== 'V1_0'],
    ['ACR Configuration', customAcrLevels(settings.AcrConfiguration) !== undefined],
    ['Email MFA', factors?.EmailMfaConfiguration !== undefined],
    ['Passkey MFA', passkeys === 'MULTI_FACTOR_WITH_USER_VERIFICATION'],
    ['Dynamic Client Registration', settings.DcrConfiguration !== undefined],
    ['Session Tracking', tracksSessions],
  ];
  const plusOnly: readonly (readonly [string, boolean])[] = [
    ['Threat Protection', (settings.UserPoolAddOns?.AdvancedSecurityMode ?? 'OFF') !== 'OFF'],
  ];
  const closed = [
    ...(UserPoolTier === 'LITE' ? aboveLite : []),
    ...(UserPoolTier === 'PLUS' ? [] : plusOnly),
  ].flatMap(([feature, isUsed]) => (isUsed ? [feature] : []));
  return closed.length === 0
    ? undefined
    : {
        code: 'FeatureUnavailableInTierException',
        message: settingsTexts.featuresAboveTier(UserPoolTier, closed),
      };
};
