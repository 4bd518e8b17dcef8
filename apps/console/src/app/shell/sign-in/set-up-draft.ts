import { isEmailAddress } from '@poolhouse/rules';
import { passwordRules, type AdministratorPassword } from '../../shared/administrator-password';

/** What is wrong with each field. */
export function setUpProblems(draft: AdministratorPassword): {
  readonly username?: 'badName';
  readonly email?: 'badEmail';
  readonly password?: 'badPassword';
} {
  const { username, email } = draft;
  return {
    // The administrators' pool takes emails as aliases: a name that looks like one is refused there.
    ...(!/^[^\s@]{1,128}$/u.test(username.trim()) && { username: 'badName' as const }),
    ...(!isEmailAddress(email.trim()) && { email: 'badEmail' as const }),
    ...(passwordRules(draft).some(({ met }) => !met) && { password: 'badPassword' as const }),
  };
}
