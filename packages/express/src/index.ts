/** @module Checks tokens of Amazon Cognito and Poolhouse user pools in Express. */
export type { AccessRules } from './access-rules.ts';
export type { Auth } from './tokens/auth.ts';
export { ConfigurationError } from './errors/configuration-error.ts';
export type { Jwk, JwkSet } from './tokens/key-set.ts';
export { poolOrigin, type PoolOptions } from './tokens/pool-options.ts';
export {
  poolhouse,
  type AuthRules,
  type Poolhouse,
  type PoolhouseEvent,
  type PoolhouseOptions,
} from './poolhouse.ts';
export { NotAuthorizedError, type RefusalReason } from './errors/refusal.ts';
export { authOf, type AuthMiddleware, type AuthRequest } from './require-auth.ts';
export type { RevocationOptions } from './tokens/revocation-check.ts';
