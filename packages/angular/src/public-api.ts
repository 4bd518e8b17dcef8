export { Auth } from './auth/auth';
export type { Destination } from './auth/destination';
export type { AuthSession, AuthUser, UserClaims } from './auth/auth-user';
export type {
  AuthStatus,
  AuthStep,
  Challenge,
  ForgottenPasswordInput,
  NewPasswordInput,
  SignInInput,
  SignInResult,
  SignUpInput,
  SignUpResult,
} from './auth/outcomes';
export { authenticatorUri } from './auth/authenticator-set-up';
export type { AuthenticatorCodeInput, AuthenticatorKey } from './auth/authenticator-set-up';
export type { FactorState, OwnFactors } from './auth/own-factors';
export type { SecondFactor, SecondFactorChallenge } from './auth/second-factors';
export type { SessionEnd } from './session/session-end';
export { POOLHOUSE_CONFIG } from './config/poolhouse-config';
export type { PoolhouseConfig, PoolhouseRoutes } from './config/poolhouse-config';
export { providePoolhouse } from './provide-poolhouse';
export type { PoolhouseOptions } from './provide-poolhouse';
export { AuthError } from './errors/auth-error';
export type {
  AuthErrorCode,
  AuthErrorField,
  AuthErrorInit,
  PasswordReason,
} from './errors/auth-error';
export { injectFailureReader } from './failures/failure-reader';
export type { Failure } from './failures/failure-reader';
export { englishTexts } from './texts/english';
export type { PartialPoolhouseTexts, PoolhouseTexts } from './texts/poolhouse-texts';
export { mergeTexts, POOLHOUSE_TEXTS } from './texts/texts-token';
export type { ClientSettings } from './settings/client-settings';
export { PoolSettings } from './settings/pool-settings';
export { memoryStorage, webStorage } from './storage/token-storage';
export type { TokenStorage } from './storage/token-storage';
export { guest, inGroup, signedIn } from './routing/guards';
export type { PoolhouseGuard } from './routing/guards';
export { returnUrl } from './routing/return-url';
export { poolhouseInterceptor } from './http/poolhouse-interceptor';
export { PhInGroup } from './directives/ph-in-group';
export { Authenticator } from './authenticator/authenticator';
export { ChooseFactor } from './authenticator/choose-factor';
export { CodeField } from './authenticator/fields/code-field';
export { Confirm } from './authenticator/confirm';
export { Journey } from './authenticator/forms/journey';
export type { Next, Screen } from './authenticator/forms/carried';
export { provideJourney } from './authenticator/journey/journey-provider';
export { NewPassword } from './authenticator/new-password';
export { injectPasswordCheck } from './authenticator/fields/password-check';
export { PasswordField } from './authenticator/fields/password-field';
export { passwordRules } from './authenticator/forms/password-rules';
export type { PasswordRule } from './authenticator/forms/password-rules';
export { ResetPassword } from './authenticator/reset-password';
export { EnterCode } from './authenticator/enter-code';
export { SecondFactors } from './authenticator/second-factors';
export { SetUpFactor } from './authenticator/set-up-factor';
export { SignIn } from './authenticator/sign-in';
export { SignUp } from './authenticator/sign-up';
export { SignedInContent } from './authenticator/signed-in-content';
export type { SignedInContext } from './authenticator/signed-in-content';
export type {
  AttributeName,
  PasswordPolicy,
  ScreensConfig,
  SignInName,
  SignUpField,
  StandardAttribute,
} from './config/screens-config';
export { screenTexts as englishScreenTexts } from './texts/screen-texts';
export type { ScreenTexts } from './texts/screen-texts';
