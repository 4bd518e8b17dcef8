import type { ConfigurationValues } from './pool-configuration.ts';
import type { CreateUserPoolRequest, SchemaAttributeType } from '@poolhouse/model';
import type { PoolId } from '../ids.ts';

/**
 * Everything about a user pool that the API sets, in the API's own shapes, with defaults filled in. Members that the API omits from its
 * answers when unset are absent here too (behaviour.md 3.1).
 */
export interface PoolSettings extends Omit<CreateUserPoolRequest, 'PoolName' | 'Schema'> {
  /** Standard attributes in the service's order, then custom ones in the order they were added. */
  readonly SchemaAttributes: readonly SchemaAttributeType[];
  /**
   * Whether ChangePassword leaves the user's other sign-ins alone. The API has no member for it: declarations set it, answers do not show
   * it, and UpdateUserPool keeps it.
   */
  readonly ChangePasswordKeepsSessions?: true;
}

/** A user pool as it is stored. */
export interface Pool {
  readonly id: PoolId;
  readonly region: string;
  readonly name: string;
  readonly settings: PoolSettings;
  /** Whether some app client of the pool allows SRP; only then are SRP verifiers stored (security.md 4). */
  readonly allowsSrp: boolean;
  /**
   * How many sessions a user may have at once; absent unless the pool tracks sessions. It is read from the configuration `sessions`, which
   * alone sets it: writing a pool does not.
   */
  readonly sessionsPerUser?: number;
  /** How imported passwords are hashed; absent where none was imported. */
  readonly importedPasswords?: ConfigurationValues['imported-passwords'];
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}
