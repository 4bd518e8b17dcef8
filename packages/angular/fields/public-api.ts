export { authenticatorUri } from './authenticator-uri';
export { CodeField } from './code-field';
export { injectPasswordCheck } from './password-check';
export { PasswordField } from './password-field';
export { passwordRules } from './forms/password-rules';
export type { PasswordRule } from './forms/password-rules';
export { screenTexts as englishScreenTexts } from './texts/screen-texts';

// For the screens and the parts of an account page, not for applications.
export { AFTER_PRESS as ɵAFTER_PRESS } from './after-press';
export { attributeField as ɵattributeField } from './forms/attribute-field';
export type { AttributeField as ɵAttributeField } from './forms/attribute-field';
export { AuthenticatorKeyView as ɵAuthenticatorKeyView } from './authenticator-key-view';
export { Choices as ɵChoices } from './choices';
export { codeField as ɵcodeField } from './forms/code-field';
export { copyText as ɵcopyText } from './copy-text';
export { factorWords as ɵfactorWords } from './texts/factor-words';
export { Field as ɵField } from './forms/field';
export type { FieldState as ɵFieldState } from './forms/field';
export {
  fill as ɵfill,
  missingText as ɵmissingText,
  wordsOf as ɵwordsOf,
} from './texts/screen-texts';
export { Form as ɵForm } from './forms/form';
export { FormField as ɵFormField } from './form-field';
export { injectWords as ɵinjectWords } from './inject-words';
export {
  passwordProblem as ɵpasswordProblem,
  passwordRulesAttribute as ɵpasswordRulesAttribute,
} from './forms/password-rules';
