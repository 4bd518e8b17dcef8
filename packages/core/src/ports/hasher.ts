/** Hashes passwords slowly, with bounded concurrency (security.md 4: argon2id, 19 MiB, t=2, p=1). */
export interface PasswordHasher {
  /** A PHC string of the password. Throws {@link HasherBusyError} when the queue is full. */
  hash(password: string): Promise<string>;
  /** Whether the password is the hashed one. Throws {@link HasherBusyError} when the queue is full. */
  verify(phc: string, password: string): Promise<boolean>;
  /** Costs as much as `verify` and is never true: what an unknown user's sign-in spends. */
  verifyNothing(password: string): Promise<false>;
}

/** More hashes are waiting than the server accepts; it answers TooManyRequestsException. */
export class HasherBusyError extends Error {
  override readonly name = 'HasherBusyError';
}
