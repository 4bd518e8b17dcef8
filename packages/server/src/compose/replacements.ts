import type { StorageOptions } from '@poolhouse/storage';
import type {
  Clock,
  Log,
  PasswordHasher,
  Registry,
  SigningKeys,
  TriggerRunner,
} from '@poolhouse/core';

/** What tests substitute for the real world. */
export interface Replacements {
  readonly clock?: Clock;
  readonly hasher?: PasswordHasher;
  readonly log?: Log;
  readonly registry?: Registry;
  /** Replaces the signing keys that the server makes. */
  readonly signingKeys?: (made: SigningKeys) => SigningKeys;
  /** Runs the functions of pools' owners, which this server cannot do yet. */
  readonly triggers?: TriggerRunner;
  /** The schema migrations of another build. */
  readonly migrations?: StorageOptions['steps'];
}
