/** Ids of one-time proofs (challenge sessions, secret blocks) that were used, kept until they would have expired anyway. */
export interface ReplayCacheStore {
  /** Records the use of `id`; `false` if it was used before. Of eight parallel takers, one wins. */
  spend(id: string, expiresAtMs: number): Promise<boolean>;
  /** Whether `id` was used. */
  isSpent(id: string): Promise<boolean>;
  /** Removes at most `limit` ids that expired before `nowMs`; returns how many. */
  purge(nowMs: number, limit: number): Promise<number>;
}
