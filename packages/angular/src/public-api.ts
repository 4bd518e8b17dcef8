export { Auth } from './auth/auth';
export type { AuthSession, AuthUser } from './auth/auth-user';
export type {
  AuthStatus,
  Challenge,
  Destination,
  SignInInput,
  SignInResult,
  SignUpInput,
  SignUpResult,
} from './auth/outcomes';
export { POOLHOUSE_CONFIG } from './config/poolhouse-config';
export type { PoolhouseConfig, PoolhouseRoutes } from './config/poolhouse-config';
export { providePoolhouse } from './config/provide-poolhouse';
export type { PoolhouseOptions } from './config/provide-poolhouse';
export { AuthError } from './errors/auth-error';
export type {
  AuthErrorCode,
  AuthErrorField,
  AuthErrorInit,
  PasswordReason,
} from './errors/auth-error';
export { englishTexts } from './texts/english';
export type { PartialPoolhouseTexts, PoolhouseTexts } from './texts/poolhouse-texts';
export { mergeTexts, POOLHOUSE_TEXTS } from './texts/texts-token';
export { memoryStorage, webStorage } from './session/token-storage';
export type { TokenStorage } from './session/token-storage';
export { guest, inGroup, signedIn } from './routing/guards';
export { returnUrl } from './routing/return-url';
export { poolhouseInterceptor } from './http/poolhouse-interceptor';
export { PhInGroup } from './directives/ph-in-group';
