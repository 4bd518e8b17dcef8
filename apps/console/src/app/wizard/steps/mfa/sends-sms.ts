import type { Choices, Factor } from '../../draft/choices.ts';

/** Whether people may be asked for this second factor. */
export function isFactor({ mfa, factors }: Choices, factor: Factor): boolean {
  return mfa !== 'off' && factors.includes(factor);
}

/** Whether people depend on SMS: to verify a number, to sign in, or to get back in. */
export function sendsSms(choices: Choices): boolean {
  const { verify, recovery } = choices;
  return verify.includes('phone_number') || isFactor(choices, 'sms') || recovery.includes('phone');
}
