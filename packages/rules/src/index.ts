export { isEmailAddress, isMailSender, isPhoneNumber } from './address-form.ts';
export { canonicalName, foldText, mailAddress } from './canonical-name.ts';
export {
  hasBlankEdges,
  LEAST_PASSWORD_LENGTH,
  passwordRules,
  temporaryPassword,
} from './password-policy.ts';
export type { CheckedPasswordRule, PasswordPolicy, PasswordRule } from './password-policy.ts';
