import type { StorageOptions } from '@poolhouse/storage';
import type { Clock, Log, PasswordHasher, Registry, SigningKeys } from '@poolhouse/core';

/** What tests put in place of the real world. */
export interface Replacements {
  readonly clock?: Clock;
  readonly hasher?: PasswordHasher;
  readonly log?: Log;
  readonly registry?: Registry;
  /** Other keys for tokens than those that the server makes. */
  readonly signingKeys?: (made: SigningKeys) => SigningKeys;
  /** The schema's steps of another build. */
  readonly migrations?: StorageOptions['steps'];
}
