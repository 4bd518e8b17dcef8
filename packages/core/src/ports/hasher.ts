import type { WorkOrder } from './work-order.ts';

/** Hashes passwords slowly, with bounded concurrency (security.md 4: argon2id, 19 MiB, t=2, p=1). Throws {@link OverloadError}. */
export interface PasswordHasher {
  /** A PHC string of the password. */
  hash(password: string, order: WorkOrder): Promise<string>;
  /** Whether this is the hashed password. */
  verify(phc: string, password: string, order: WorkOrder): Promise<boolean>;
  /** Whether this is the password of a hash that another system has made, in one of the forms of `imported-hash.ts`. */
  verifyImported(hash: string, password: string, order: WorkOrder): Promise<boolean>;
  /** Costs as much as `verify` and is never true: for the decoy of an unknown user. */
  verifyDecoy(password: string, order: WorkOrder): Promise<false>;
}
