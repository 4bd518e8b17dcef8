import type { CodePlace, SentCode } from '../../domain/passwords/code.ts';

/** The result of an attempt. `expired` covers codes that were never sent, have been used up, or are too old. */
export type CodeCheck = 'right' | 'wrong' | 'expired';

/** One-time codes: at most one is valid per place; a new one replaces the old. */
export interface CodeStore {
  put(code: SentCode): Promise<void>;
  /**
   * Reads the valid code under a lock and asks `isRight`. If right, the code is consumed. If wrong, it has one attempt fewer, and the last
   * one invalidates it. Of eight parallel right attempts, one wins; the others see `expired`.
   */
  consume(
    place: CodePlace,
    nowMs: number,
    isRight: (code: SentCode) => boolean,
  ): Promise<CodeCheck>;
  /** The valid code's record, for tests of what was sent where; `undefined` if there is none. */
  find(place: CodePlace, nowMs: number): Promise<SentCode | undefined>;
  delete(place: CodePlace): Promise<void>;
  /** Removes at most `limit` codes that expired before `nowMs`; returns how many. */
  purge(nowMs: number, limit: number): Promise<number>;
}
