import type { CodePlace, SentCode } from '../../domain/passwords/code.ts';

/** What became of an attempt. `expired` covers codes never sent, used up and out of time. */
export type CodeCheck = 'right' | 'wrong' | 'expired';

/** One-time codes: at most one lives per place; a new one replaces the old. */
export interface CodeStore {
  put(code: SentCode): Promise<void>;
  /**
   * Reads the live code under a lock and asks `isRight`. Right: the code is gone. Wrong: one attempt fewer, and the
   * code dies with the last. Eight parallel right attempts have one winner; the others see `expired`.
   */
  consume(
    place: CodePlace,
    nowMs: number,
    isRight: (code: SentCode) => boolean,
  ): Promise<CodeCheck>;
  /** The live code's record, for tests of what was sent where; `undefined` when none lives. */
  find(place: CodePlace, nowMs: number): Promise<SentCode | undefined>;
  delete(place: CodePlace): Promise<void>;
  /** Removes at most `limit` codes that expired before `nowMs`; answers how many. */
  purge(nowMs: number, limit: number): Promise<number>;
}
