import { isEmailAddress } from '@poolhouse/rules';
import { isAdministratorName } from '../../shared/checks/administrator-name';
import {
  passwordRules,
  type AdministratorPassword,
} from '../../shared/checks/administrator-password';

/** What is wrong with each field. */
export function setUpProblems(draft: AdministratorPassword): {
  readonly username?: 'badName';
  readonly email?: 'badEmail';
  readonly password?: 'badPassword';
} {
  const { username, email } = draft;
  return {
    ...(!isAdministratorName(username) && { username: 'badName' as const }),
    ...(!isEmailAddress(email.trim()) && { email: 'badEmail' as const }),
    ...(passwordRules(draft).some(({ met }) => !met) && { password: 'badPassword' as const }),
  };
}
