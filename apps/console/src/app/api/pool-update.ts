import type { UpdateUserPoolRequest, UserPoolType } from '@poolhouse/model';

/** What UpdateUserPool may change. */
export type PoolChanges = Omit<UpdateUserPoolRequest, 'UserPoolId' | 'PoolName'>;

/**
 * The whole input of UpdateUserPool for a few changes: what the request leaves out would go back to its default, so
 * everything that the pool has is sent along. `PoolName` is left out: without it the name stays. Source: behaviour.md 3.1.
 */
export function wholeUpdate(pool: UserPoolType, changes: PoolChanges): UpdateUserPoolRequest {
  const whole: PoolChanges = { ...keptOf(pool), ...changes };
  const { AdminCreateUserConfig: { UnusedAccountValidityDays: _, ...invitations } = {}, ...rest } =
    whole;
  // The days of temporary passwords stand in the password policy; given twice they must agree.
  return { UserPoolId: pool.Id ?? '', ...rest, AdminCreateUserConfig: invitations };
}

function keptOf(pool: UserPoolType): PoolChanges {
  return {
    Policies: pool.Policies,
    DeletionProtection: pool.DeletionProtection,
    LambdaConfig: pool.LambdaConfig,
    AutoVerifiedAttributes: pool.AutoVerifiedAttributes,
    SmsVerificationMessage: pool.SmsVerificationMessage,
    EmailVerificationMessage: pool.EmailVerificationMessage,
    EmailVerificationSubject: pool.EmailVerificationSubject,
    VerificationMessageTemplate: pool.VerificationMessageTemplate,
    SmsAuthenticationMessage: pool.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: pool.UserAttributeUpdateSettings,
    MfaConfiguration: pool.MfaConfiguration,
    DeviceConfiguration: pool.DeviceConfiguration,
    EmailConfiguration: pool.EmailConfiguration,
    SmsConfiguration: pool.SmsConfiguration,
    UserPoolTags: pool.UserPoolTags,
    AdminCreateUserConfig: pool.AdminCreateUserConfig,
    UserPoolAddOns: pool.UserPoolAddOns,
    DcrConfiguration: pool.DcrConfiguration,
    AccountRecoverySetting: pool.AccountRecoverySetting,
    UserPoolTier: pool.UserPoolTier,
    KeyConfiguration: pool.KeyConfiguration,
    IssuerConfiguration: pool.IssuerConfiguration,
    AcrConfiguration: pool.AcrConfiguration,
  };
}
