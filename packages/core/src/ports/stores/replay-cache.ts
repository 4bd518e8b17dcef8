/** Ids of one-time proofs (challenge sessions, secret blocks) that were used, kept until they expire by themselves. */
export interface ReplayCacheStore {
  /** Notes the use of `id`; `false` when it was used before. Eight parallel takers have one winner. */
  spend(id: string, expiresAtMs: number): Promise<boolean>;
  /** Removes at most `limit` ids that expired before `nowMs`; answers how many. */
  purge(nowMs: number, limit: number): Promise<number>;
}
