import type { StorageOptions } from '@poolhouse/storage';
import type { Clock, Log, PasswordHasher, Registry } from '@poolhouse/core';

/** What tests put in place of the real world. */
export interface Replacements {
  readonly clock?: Clock;
  readonly hasher?: PasswordHasher;
  readonly log?: Log;
  readonly registry?: Registry;
  /** The schema's steps of another build. */
  readonly migrations?: StorageOptions['steps'];
}
