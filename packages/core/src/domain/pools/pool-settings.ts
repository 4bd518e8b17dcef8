import type {
  CreateUserPoolRequest,
  LambdaConfigType,
  PasswordPolicyType,
  SmsConfigurationType,
  UserPoolPolicyType,
} from '@poolhouse/model';
import { customAcrLevels } from './acr-levels.ts';
import { mirroredTexts } from './message-templates.ts';
import type { PoolSettings } from './pool.ts';

/**
 * What a pool keeps, whatever an update omits: how it was created (custom attributes can only be added), settings of our own, and the
 * issuer, which most tools cannot send (ADR 5).
 */
export type FixedPoolSettings = Pick<
  PoolSettings,
  | 'SchemaAttributes'
  | 'AliasAttributes'
  | 'UsernameAttributes'
  | 'UsernameConfiguration'
  | 'IssuerConfiguration'
  | 'ChangePasswordKeepsSessions'
>;

/** What both CreateUserPool and UpdateUserPool can set. */
export type ChangeablePoolSettings = Omit<
  CreateUserPoolRequest,
  'PoolName' | 'Schema' | 'AliasAttributes' | 'UsernameAttributes' | 'UsernameConfiguration'
>;

/**
 * A pool's settings as they are stored: what is omitted gets the service's default. Members without a default stay absent, so that answers
 * omit them. Updates go through {@link withKeptSettings} first. Source: behaviour.md 3.1.
 */
export function poolSettings(
  given: ChangeablePoolSettings,
  fixed: FixedPoolSettings,
  region: string,
): PoolSettings {
  const temporaryDays = temporaryPasswordDays(given);
  return {
    Policies: policies(given.Policies, temporaryDays),
    DeletionProtection: given.DeletionProtection ?? 'INACTIVE',
    LambdaConfig: lambdaConfig(given.LambdaConfig),
    SchemaAttributes: fixed.SchemaAttributes,
    AutoVerifiedAttributes: filled(given.AutoVerifiedAttributes),
    AliasAttributes: filled(fixed.AliasAttributes),
    UsernameAttributes: filled(fixed.UsernameAttributes),
    ...mirroredTexts(given),
    SmsAuthenticationMessage: given.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: given.UserAttributeUpdateSettings,
    MfaConfiguration: given.MfaConfiguration ?? 'OFF',
    DeviceConfiguration: given.DeviceConfiguration && {
      ChallengeRequiredOnNewDevice: false,
      DeviceOnlyRememberedOnUserPrompt: false,
      ...given.DeviceConfiguration,
    },
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...given.EmailConfiguration },
    SmsConfiguration: smsConfiguration(given.SmsConfiguration, region),
    UserPoolTags: given.UserPoolTags ?? {},
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      ...given.AdminCreateUserConfig,
      UnusedAccountValidityDays: temporaryDays,
    },
    UserPoolAddOns: given.UserPoolAddOns,
    DcrConfiguration: given.DcrConfiguration,
    UsernameConfiguration: fixed.UsernameConfiguration,
    AccountRecoverySetting: filled(given.AccountRecoverySetting?.RecoveryMechanisms)
      ? given.AccountRecoverySetting
      : undefined,
    UserPoolTier: given.UserPoolTier ?? 'ESSENTIALS',
    ChangePasswordKeepsSessions: fixed.ChangePasswordKeepsSessions,
    KeyConfiguration: given.KeyConfiguration,
    IssuerConfiguration: given.IssuerConfiguration?.Type
      ? given.IssuerConfiguration
      : fixed.IssuerConfiguration,
    AcrConfiguration: customAcrLevels(given.AcrConfiguration),
  };
}

/**
 * An update's settings with what it leaves unchanged: both policies, each by itself, and multi-factor authentication with its SMS settings.
 * Everything else goes back to its default. Source: settings.md 3#9 to 3#11; keeping the SMS settings is our conclusion: a pool that keeps
 * asking for codes must be able to send them.
 */
export function withKeptSettings(
  given: ChangeablePoolSettings,
  before: PoolSettings,
): ChangeablePoolSettings {
  const asksForCodes = (before.MfaConfiguration ?? 'OFF') !== 'OFF';
  const MfaConfiguration = given.MfaConfiguration ?? before.MfaConfiguration;
  const keepsSms = asksForCodes && MfaConfiguration !== 'OFF';
  return {
    ...given,
    Policies: {
      PasswordPolicy: given.Policies?.PasswordPolicy ?? keptPasswordPolicy(given, before),
      SignInPolicy: given.Policies?.SignInPolicy ?? before.Policies?.SignInPolicy,
    },
    MfaConfiguration,
    SmsConfiguration: given.SmsConfiguration ?? (keepsSms ? before.SmsConfiguration : undefined),
    SmsAuthenticationMessage:
      given.SmsAuthenticationMessage ?? (keepsSms ? before.SmsAuthenticationMessage : undefined),
  };
}

/** The older name of the policy's days still sets them. */
function keptPasswordPolicy(
  given: ChangeablePoolSettings,
  before: PoolSettings,
): PasswordPolicyType | undefined {
  const kept = before.Policies?.PasswordPolicy;
  const days = given.AdminCreateUserConfig?.UnusedAccountValidityDays;
  return kept && days ? { ...kept, TemporaryPasswordValidityDays: days } : kept;
}

/** Each item once; an empty list counts as none. */
function filled<Item>(items: readonly Item[] | undefined): readonly Item[] | undefined {
  return items === undefined || items.length === 0 ? undefined : [...new Set(items)];
}

/** The policy's days, or the older member's; 0 means the default of 7. Source: API model, PasswordPolicyType. */
function temporaryPasswordDays(given: ChangeablePoolSettings): number {
  return (
    given.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ||
    given.AdminCreateUserConfig?.UnusedAccountValidityDays ||
    7
  );
}

/** A given policy requires only what it says; without one, all kinds of characters are required. */
function policies(
  given: UserPoolPolicyType | undefined,
  temporaryDays: number,
): UserPoolPolicyType {
  const password = given?.PasswordPolicy;
  const asksAll = password === undefined;
  return {
    PasswordPolicy: {
      MinimumLength: password?.MinimumLength ?? 8,
      RequireUppercase: password?.RequireUppercase ?? asksAll,
      RequireLowercase: password?.RequireLowercase ?? asksAll,
      RequireNumbers: password?.RequireNumbers ?? asksAll,
      RequireSymbols: password?.RequireSymbols ?? asksAll,
      PasswordHistorySize: password?.PasswordHistorySize || undefined,
      TemporaryPasswordValidityDays: temporaryDays,
    },
    SignInPolicy: {
      AllowedFirstAuthFactors: filled(given?.SignInPolicy?.AllowedFirstAuthFactors) ?? ['PASSWORD'],
    },
  };
}

/** The two ways to set the pre token generation trigger are kept in sync (unsure). Source: API model, LambdaConfigType. */
function lambdaConfig(given: LambdaConfigType = {}): LambdaConfigType {
  const arn = given.PreTokenGenerationConfig?.LambdaArn ?? given.PreTokenGeneration;
  if (arn === undefined) return given;
  return {
    ...given,
    PreTokenGeneration: arn,
    PreTokenGenerationConfig: given.PreTokenGenerationConfig ?? {
      LambdaVersion: 'V1_0',
      LambdaArn: arn,
    },
  };
}

/** How text messages are sent, with the pool's own region where none is named. */
export function smsConfiguration(
  given: SmsConfigurationType | undefined,
  region: string,
): SmsConfigurationType | undefined {
  if (given?.SnsCallerArn === undefined) return given;
  return { ...given, SnsRegion: given.SnsRegion ?? region };
}
