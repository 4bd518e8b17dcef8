export { isEmailAddress, isMailSender, isPhoneNumber } from './address-form.ts';
export { attributeBoundsProblem, type AttributeBoundsProblem } from './attribute-bounds.ts';
export {
  attributeValueProblem,
  LONGEST_VALUE,
  type AttributeSchema,
  type AttributeValueProblem,
} from './attribute-value.ts';
export { canonicalName, foldText, mailAddress } from './canonical-name.ts';
export {
  isCustomAttributeName,
  isGroupName,
  isRegionName,
  isResourceName,
  isResourceServerIdentifier,
  isResourceServerName,
  isScopeName,
  isUsername,
} from './names.ts';
export {
  hasBlankEdges,
  LEAST_PASSWORD_LENGTH,
  passwordRules,
  passwordRulesAttribute,
  temporaryPassword,
} from './password-policy.ts';
export type { CheckedPasswordRule, PasswordPolicy, PasswordRule } from './password-policy.ts';
export { isInRange, ranges, type Range } from './ranges.ts';
export { redirectUrlProblem, type RedirectUrlProblem } from './redirect-urls.ts';
export { MOST_TAGS, tagKeysProblem } from './tags.ts';
export {
  isRefreshValidity,
  isShortValidity,
  tokenValidity,
  tokenValidityProblem,
  unitMs,
} from './token-validity.ts';
export type { TimeUnit, TokenValidity, TokenValiditySettings } from './token-validity.ts';
