import type { PasswordPolicyType } from '@poolhouse/model';
import { passwordRules, type PasswordRule } from '@poolhouse/rules';

const reasons: Readonly<Record<PasswordRule, string>> = {
  length: 'Password not long enough',
  uppercase: 'Password must have uppercase characters',
  lowercase: 'Password must have lowercase characters',
  number: 'Password must have numeric characters',
  symbol: 'Password must have symbol characters',
};

/**
 * Why the policy refuses the password, in the service's words, or `undefined`. One reason at a time; the order is
 * unsure (behaviour.md 5.2).
 */
export function policyProblem(
  policy: PasswordPolicyType | undefined,
  password: string,
): string | undefined {
  const unmet = passwordRules(policy, password).find(({ met }) => !met);
  return unmet && `Password did not conform with policy: ${reasons[unmet.rule]}`;
}
