import { isEmailAddress } from '../attributes/address-form.ts';
import type { ChangeablePoolSettings, FixedPoolSettings } from './pool-settings.ts';
import { firstProblem, invalid, type SettingsProblem } from './settings-problem.ts';
import { tagsProblem } from './tags.ts';
import { messages } from '../texts.ts';

/** The errors that a pool's settings may be refused with. */
export type PoolSettingsError = 'InvalidParameterException' | 'FeatureUnavailableInTierException';

/** What a request sets, and the region that its pool is in. */
export interface PoolSettingsRequest {
  readonly given: ChangeablePoolSettings;
  readonly region: string;
}

type Check = (request: PoolSettingsRequest) => SettingsProblem<PoolSettingsError> | undefined;

/** Why CreateUserPool or UpdateUserPool refuses the settings. Texts without a source in behaviour.md are unsure. */
export function poolSettingsProblem(
  request: PoolSettingsRequest,
): SettingsProblem<PoolSettingsError> | undefined {
  return firstProblem<PoolSettingsRequest, PoolSettingsError>(
    [
      mfa,
      sms,
      email,
      temporaryPasswords,
      firstFactors,
      recovery,
      updates,
      triggers,
      keys,
      tags,
      tier,
    ],
    request,
  );
}

/** Names are either the user name itself or aliases beside it. Source: features.md 1.1. */
export function signInNamesProblem(
  fixed: Pick<FixedPoolSettings, 'AliasAttributes' | 'UsernameAttributes'>,
): SettingsProblem | undefined {
  return fixed.AliasAttributes?.length && fixed.UsernameAttributes?.length
    ? invalid('Only one of aliasAttributes or usernameAttributes can be set in a user pool.')
    : undefined;
}

/** Source: behaviour.md 3.4; API model, CreateUserPool: these operations know only SMS as a second factor. */
const mfa: Check = ({ given }) =>
  (given.MfaConfiguration ?? 'OFF') !== 'OFF' && given.SmsConfiguration === undefined
    ? invalid(
        'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
      )
    : undefined;

/** One way to send SMS, in the pool's own region for the newer one. Source: SDK, SmsConfigurationType. */
const sms: Check = ({ given: { SmsConfiguration }, region }) => {
  if (SmsConfiguration === undefined) return undefined;
  const { SnsCallerArn, EumsSms } = SmsConfiguration;
  if (Boolean(SnsCallerArn) === (EumsSms !== undefined)) {
    return invalid('Provide either SnsCallerArn or EumsSms in SmsConfiguration.');
  }
  return EumsSms?.Region !== undefined && EumsSms.Region !== region
    ? invalid("EumsSms must be in the user pool's Region.")
    : undefined;
};

/** A sender becomes a mail header: one address, a name before it at most, on one line (security.md X09). */
const email: Check = ({ given: { EmailConfiguration } }) => {
  const { From, ReplyToEmailAddress } = EmailConfiguration ?? {};
  const sender = From === undefined ? undefined : /^[^<>\p{Cc}]{0,320}<([^<>]*)>$/u.exec(From);
  const addresses = [sender?.[1] ?? From, ReplyToEmailAddress];
  return addresses.every((address) => address === undefined || isEmailAddress(address))
    ? undefined
    : invalid(messages.invalidEmail);
};

/** Source: API model, TemporaryPasswordValidityDays; the text is known from the field. */
const temporaryPasswords: Check = ({ given }) => {
  const days = given.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays;
  const older = given.AdminCreateUserConfig?.UnusedAccountValidityDays;
  return days && older && days !== older
    ? invalid(
        'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
      )
    : undefined;
};

/** Source: API model, SignInPolicyType: passwords stay, and software tokens are second factors only. */
const firstFactors: Check = ({ given }) => {
  const factors = given.Policies?.SignInPolicy?.AllowedFirstAuthFactors;
  if (factors === undefined) return undefined;
  if (factors.includes('SOFTWARE_TOKEN')) {
    return invalid('SOFTWARE_TOKEN is not supported in AllowedFirstAuthFactors.');
  }
  return factors.includes('PASSWORD')
    ? undefined
    : invalid('AllowedFirstAuthFactors must include PASSWORD.');
};

const recovery: Check = ({ given }) => {
  const mechanisms = given.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  const names = new Set(mechanisms.map(({ Name }) => Name));
  const prefix = 'Invalid account recovery setting parameter. Account Recovery Setting';
  if (names.has('admin_only') && names.size > 1) {
    return invalid(`${prefix} cannot use admin_only setting with any other recovery mechanisms.`);
  }
  const priorities = new Set(mechanisms.map(({ Priority }) => Priority));
  return names.size < mechanisms.length || priorities.size < mechanisms.length
    ? invalid(`${prefix} cannot use a name or priority twice.`)
    : undefined;
};

/** An attribute that waits for its code must be one that gets a code. */
const updates: Check = ({ given }) => {
  const waiting =
    given.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  return waiting.every((name) => given.AutoVerifiedAttributes?.includes(name))
    ? undefined
    : invalid(
        'AttributesRequireVerificationBeforeUpdate may hold only attributes of AutoVerifiedAttributes.',
      );
};

/** Source: API model, LambdaConfigType. */
const triggers: Check = ({ given: { LambdaConfig } }) => {
  const older = LambdaConfig?.PreTokenGeneration;
  const newer = LambdaConfig?.PreTokenGenerationConfig?.LambdaArn;
  if (older !== undefined && newer !== undefined && older !== newer) {
    return invalid(
      'PreTokenGeneration and the LambdaArn of PreTokenGenerationConfig must be identical.',
    );
  }
  const sender = LambdaConfig?.CustomEmailSender ?? LambdaConfig?.CustomSMSSender;
  return sender !== undefined && LambdaConfig?.KMSKeyID === undefined
    ? invalid('KMSKeyID is required for CustomEmailSender and CustomSMSSender.')
    : undefined;
};

const keys: Check = ({ given: { KeyConfiguration } }) =>
  KeyConfiguration?.KeyType === 'CUSTOMER_MANAGED_KEY' && KeyConfiguration.KmsKeyArn === undefined
    ? invalid('KmsKeyArn is required for CUSTOMER_MANAGED_KEY.')
    : undefined;

const tags: Check = ({ given }) => tagsProblem(given.UserPoolTags ?? {});

/** Source: behaviour.md 3.4, tier gate; SDK, AcrConfiguration and DcrConfiguration. */
const tier: Check = ({ given }) => {
  const { UserPoolTier = 'ESSENTIALS', Policies, LambdaConfig } = given;
  const aboveLite: readonly (readonly [string, boolean])[] = [
    ['Password history', (Policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0],
    ['Choice-based sign-in', (Policies?.SignInPolicy?.AllowedFirstAuthFactors?.length ?? 0) > 1],
    [
      'Access token customization',
      (LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? 'V1_0') !== 'V1_0',
    ],
    ['ACR configuration', given.AcrConfiguration !== undefined],
    ['Dynamic client registration', given.DcrConfiguration !== undefined],
  ];
  const plusOnly: readonly (readonly [string, boolean])[] = [
    ['Threat protection', (given.UserPoolAddOns?.AdvancedSecurityMode ?? 'OFF') !== 'OFF'],
  ];
  const closed = [
    ...(UserPoolTier === 'LITE' ? aboveLite : []),
    ...(UserPoolTier === 'PLUS' ? [] : plusOnly),
  ].find(([, used]) => used);
  return (
    closed && {
      code: 'FeatureUnavailableInTierException',
      message: messages.tierTooLow(closed[0], UserPoolTier),
    }
  );
};
