/** @module Checks tokens of Amazon Cognito and Poolhouse user pools in Express. */
export type { AccessRules } from './access-rules.ts';
export type { Auth } from './auth.ts';
export { ConfigurationError } from './configuration-error.ts';
export type { Jwk, JwkSet } from './key-set.ts';
export { poolOrigin, type PoolOptions } from './pool-options.ts';
export {
  poolhouse,
  type AuthRules,
  type Poolhouse,
  type PoolhouseEvent,
  type PoolhouseOptions,
} from './poolhouse.ts';
export { NotAuthorizedError, type RefusalReason } from './refusal.ts';
export { authOf, type AuthMiddleware, type AuthRequest } from './require-auth.ts';
export type { RevocationOptions } from './revocation-check.ts';
