import type { SetUserPoolMfaConfigRequest } from '@poolhouse/model';
import type { Choices } from './choices.ts';
import { defined, smsOf } from './pool-input.ts';

/**
 * SetUserPoolMfaConfig's input for the choices; `undefined` where no second factor is wanted, as a new pool has it. CreateUserPool itself
 * knows SMS only. Source: settings.md 3.
 */
export function mfaInput(
  choices: Choices,
  poolId: string,
): SetUserPoolMfaConfigRequest | undefined {
  const { mfa, factors } = choices;
  if (mfa === 'off') return undefined;
  return defined({
    UserPoolId: poolId,
    MfaConfiguration: mfa === 'required' ? ('ON' as const) : ('OPTIONAL' as const),
    SoftwareTokenMfaConfiguration: factors.includes('app') ? { Enabled: true } : undefined,
    SmsMfaConfiguration: factors.includes('sms')
      ? defined({ SmsConfiguration: smsOf(choices) })
      : undefined,
    EmailMfaConfiguration: factors.includes('email') ? {} : undefined,
  });
}
