export { isEmailAddress, isMailSender, isPhoneNumber } from './address-form.ts';
export {
  attributeValueProblem,
  type AttributeSchema,
  type AttributeValueProblem,
} from './attribute-value.ts';
export { canonicalName, foldText, mailAddress } from './canonical-name.ts';
export {
  hasBlankEdges,
  LEAST_PASSWORD_LENGTH,
  passwordRules,
  passwordRulesAttribute,
  temporaryPassword,
} from './password-policy.ts';
export type { CheckedPasswordRule, PasswordPolicy, PasswordRule } from './password-policy.ts';
export { redirectUrlProblem, type RedirectUrlProblem } from './redirect-urls.ts';
export {
  isRefreshValidity,
  isShortValidity,
  tokenValidity,
  tokenValidityProblem,
  unitMs,
} from './token-validity.ts';
export type { TimeUnit, TokenValidity, TokenValiditySettings } from './token-validity.ts';
