import type { PoolSettings } from '../settings/pool-settings';
import type { PoolhouseConfig } from '../config/poolhouse-config';
import { chosenStorage, type TokenStorage } from '../storage/token-storage';
import type { Challenge } from './outcomes';
import type { SecondFactorChallenge } from './second-factors';

/** A code of a mail in place of the password. */
type MailedCode = Extract<SecondFactorChallenge, { kind: 'code' }>;

/** A sign-in that the link in a mail can finish. */
interface Waiting {
  readonly challenge: MailedCode;
  readonly session: string;
}

/** No Session is valid for longer. Source: API model, AuthSessionValidity. */
const LONGEST_MS = 15 * 60_000;

/**
 * The sign-in that waits for the link in its mail, kept where a new tab of this browser finds it. With the code, its Session is as good as a
 * token: so it stays where tokens do, is kept only for pools that send links, and goes as soon as the sign-in ends or goes on.
 */
export class WaitingSignIn {
  readonly #storage: TokenStorage;
  readonly #key: string;
  readonly #settings: () => Pick<PoolSettings, 'current'>;
  /** The Session of this tab's own that is kept. */
  #kept: string | undefined;
  /** One after another, whatever the storage. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    { clientId, storage }: PoolhouseConfig,
    inBrowser: boolean,
    settings: () => Pick<PoolSettings, 'current'>,
  ) {
    this.#storage = chosenStorage(inBrowser ? storage : 'memory');
    this.#key = `poolhouse.${clientId}.waiting`;
    this.#settings = settings;
  }

  /** The sign-in of this tab is at this challenge now: keeps it if it waits for a mail, and drops the one before. */
  follow(challenge: Challenge | null, session: string | undefined): void {
    const before = this.#kept;
    const isMailed = session !== undefined && isMailedCode(challenge);
    // What another tab has kept is waited for, whatever this one knows of the pool so far.
    const waits = isMailed && (session === before || this.#settings().current().signInLinks);
    const after = waits ? session : undefined;
    if (before === after) return;
    this.#kept = after;
    this.#next(async () => {
      // Another tab's is its own matter.
      if (before !== undefined && (await this.#stored())?.session === before)
        await this.#storage.remove(this.#key);
      if (after === undefined) return;
      const value = { challenge, session, untilMs: Date.now() + LONGEST_MS };
      await this.#storage.set(this.#key, JSON.stringify(value));
    }).catch(() => undefined);
  }

  /** The sign-in that waits in this browser, whichever tab began it; null where none does. */
  take(): Promise<Waiting | null> {
    return this.#next(async () => {
      const waiting = await this.#stored();
      if (waiting === null) await this.#storage.remove(this.#key);
      else this.#kept = waiting.session;
      return waiting;
    }).catch(() => null);
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #stored(): Promise<Waiting | null> {
    const text = await this.#storage.get(this.#key);
    const value = JSON.parse(text ?? 'null') as (Waiting & { untilMs: number }) | null;
    const { challenge, session, untilMs = 0 } = value ?? {};
    const isWaiting = typeof session === 'string' && isMailedCode(challenge);
    return isWaiting && untilMs > Date.now() ? { challenge, session } : null;
  }
}

function isMailedCode(challenge: Challenge | null | undefined): challenge is MailedCode {
  if (challenge?.kind !== 'code') return false;
  return challenge.isFirst === true && challenge.factor === 'email';
}
