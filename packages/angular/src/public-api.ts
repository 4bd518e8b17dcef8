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
export type { AuthenticatorCodeInput, AuthenticatorKey } from './auth/authenticator-set-up';
export type { FactorState, OwnFactors } from './auth/own-factors';
export type { SignInWay, WayChallenge } from './auth/sign-in-ways';
export type { SecondFactor, SecondFactorChallenge } from './auth/second-factors';
export type {
  SignedInInput,
  SignedInOperation,
  SignedInOutput,
  UserDevice,
  UserSession,
  WebAuthnCredential,
} from './pool/wire';
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
export type {
  AttributeName,
  PasswordPolicy,
  ScreensConfig,
  SignInName,
  SignUpField,
  StandardAttribute,
} from './config/screens-config';
export type { ScreenTexts } from './texts/screen-texts';

// For the kit's other entry points, not for applications.
export { askPoolhouse as ɵaskPoolhouse } from './pool/ask-poolhouse';
export {
  canUsePasskeys as ɵcanUsePasskeys,
  makePasskey as ɵmakePasskey,
} from './passkeys/passkey-ceremony';
export { toAuthError as ɵtoAuthError } from './failures/to-auth-error';
export { keptDevices as ɵkeptDevices } from './devices/open-call';
export { PasskeyName as ɵPasskeyName } from './passkeys/passkey-name';
export { confirmedBy as ɵconfirmedBy } from './auth/outcomes';
export { inBrowser as ɵinBrowser } from './config/in-browser';
