import type { SessionEnd } from './session-end';
import type { AuthenticationResult } from '../pool/wire';
import {
  deviceOf,
  idOf,
  parseSession,
  sessionOf,
  subOf,
  type StoredSession,
} from './stored-session';
import type { TabChannel, TabNews } from './tab-channel';
import type { Replaced, TabLock } from './tab-lock';
import type { TokenStorage } from '../storage/token-storage';

/** What the keeper needs of the world. */
export interface KeeperParts {
  /** The name of the session in the storage. */
  readonly key: string;
  readonly storage: TokenStorage;
  readonly lock: TabLock;
  readonly replaced: Replaced;
  readonly openChannel: (hear: (news: TabNews) => void) => TabChannel;
  /** Asks the pool for new tokens. */
  readonly refresh: (refreshToken: string, deviceKey?: string) => Promise<AuthenticationResult>;
  /** Whether a failed refresh says that the session is over. */
  readonly endsSession: (failure: unknown) => boolean;
  readonly nowMs: () => number;
  /** Hears every change of the session, and, where one has ended, how. */
  readonly changed: (session: StoredSession | null, end: SessionEnd | undefined) => void;
}

/** A token with less left than this is renewed before it is used. */
const RENEW_BEFORE_END_MS = 60_000;
/** How long to wait for what another tab has stored, and how often to look. */
const STORED_WITHIN_MS = 2000;
const LOOK_AGAIN_MS = 20;

/** Holds the session of a person, over reloads and together with the other tabs. It knows nothing of Angular. */
export class SessionKeeper {
  readonly #parts: KeeperParts;
  readonly #shared: boolean;
  #channel: TabChannel | undefined;
  #session: StoredSession | null = null;
  #restored: Promise<void> | undefined;
  #renewal: Promise<StoredSession | null> | undefined;
  /** Counts what people do (sign in, sign out), so that a slow answer does not undo it. */
  #acts = 0;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#shared = parts.storage.shared !== false;
  }

  /** The session at this moment, whatever is left of it. */
  get session(): StoredSession | null {
    return this.#session;
  }

  /** Reads the storage once, and renews what has ended. Never fails: without an answer the session stays as it was. */
  restore(): Promise<void> {
    this.#channel ??= this.#parts.openChannel((news) => void this.#hear(news));
    return (this.#restored ??= this.#restore());
  }

  /** Begins a session with the tokens of a sign-in. */
  async begin(result: AuthenticationResult): Promise<void> {
    // Also when nobody asked before: the line to the other tabs opens with it.
    void this.restore();
    this.#acts += 1;
    await this.#keep(sessionOf(result, this.#parts.nowMs()));
  }

  /** Ends the session here and in the other tabs; answers what it was. */
  async end(how: SessionEnd): Promise<StoredSession | null> {
    this.#acts += 1;
    const ended = this.#session;
    await this.#parts.storage.remove(this.#parts.key);
    this.#show(null, how);
    if (ended) this.#channel?.post({ kind: 'signed-out', sub: subOf(ended) });
    return ended;
  }

  /** A session that lasts for at least another minute; null when nobody is signed in. */
  async fresh(): Promise<StoredSession | null> {
    await this.restore();
    const session = this.#session;
    if (!session || this.#leftMs(session) > RENEW_BEFORE_END_MS) return session;
    try {
      return await this.renew(session.accessToken);
    } catch (failure) {
      // The server may be gone for a moment: what is left of the token still works.
      if (this.#session && this.#leftMs(this.#session) > 0) return this.#session;
      throw failure;
    }
  }

  /** A session with another access token than this one, by at most one request of all who ask, in all tabs. */
  async renew(staleAccessToken: string): Promise<StoredSession | null> {
    const session = this.#session;
    if (!session || session.accessToken !== staleAccessToken) return session;
    this.#renewal ??= this.#parts
      .lock(() => this.#renew(staleAccessToken))
      .finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  /** Hears no other tab any more. */
  close(): void {
    this.#channel?.close();
  }

  async #restore(): Promise<void> {
    const acts = this.#acts;
    const stored = await this.#read().catch(() => null);
    if (acts !== this.#acts) return;
    if (stored && this.#leftMs(stored) <= 0) {
      this.#session = stored;
      try {
        await this.renew(stored.accessToken);
      } catch {
        // Whoever uses the token asks again, and hears why it fails.
      }
      if (acts !== this.#acts) return;
      this.#show(this.#session);
    } else {
      this.#show(stored);
    }
  }

  async #renew(staleAccessToken: string): Promise<StoredSession | null> {
    const acts = this.#acts;
    const stored = this.#shared ? await this.#readNewest() : this.#session;
    if (acts !== this.#acts) return this.#session;
    if (!stored || stored.accessToken !== staleAccessToken) {
      // Another tab was faster.
      this.#show(stored, 'in-another-tab');
      return stored;
    }
    let result: AuthenticationResult;
    try {
      result = await this.#parts.refresh(stored.refreshToken, deviceOf(stored));
    } catch (failure) {
      if (acts !== this.#acts) return this.#session;
      if (!this.#parts.endsSession(failure)) throw failure;
      await this.end('ended-by-pool');
      return null;
    }
    if (acts !== this.#acts) return this.#session;
    const session = sessionOf(result, this.#parts.nowMs(), stored.refreshToken);
    await this.#keep(session);
    await this.#parts.replaced.add(idOf(stored));
    return session;
  }

  async #hear(news: TabNews): Promise<void> {
    if (this.#shared) {
      const acts = this.#acts;
      const stored = await this.#read().catch(() => this.#session);
      if (acts === this.#acts) this.#show(stored, 'in-another-tab');
    } else if (news.kind === 'signed-out' && this.#session && subOf(this.#session) === news.sub) {
      this.#acts += 1;
      await this.#parts.storage.remove(this.#parts.key);
      this.#show(null, 'in-another-tab');
    }
  }

  async #keep(session: StoredSession): Promise<void> {
    await this.#parts.storage.set(this.#parts.key, JSON.stringify(session));
    this.#show(session);
    this.#channel?.post({ kind: 'changed' });
  }

  async #read(): Promise<StoredSession | null> {
    return parseSession(await this.#parts.storage.get(this.#parts.key));
  }

  /** As `#read`; what another tab has replaced already is not taken for the truth. */
  async #readNewest(): Promise<StoredSession | null> {
    let stored = await this.#read();
    if (!stored || !(await this.#parts.replaced.has(idOf(stored)))) return stored;
    const old = stored.accessToken;
    for (let waitedMs = 0; waitedMs < STORED_WITHIN_MS; waitedMs += LOOK_AGAIN_MS) {
      await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
      stored = await this.#read();
      if (stored?.accessToken !== old) break;
    }
    return stored;
  }

  #show(session: StoredSession | null, end?: SessionEnd): void {
    const hasEnded = this.#session !== null && session === null;
    this.#session = session;
    this.#parts.changed(session, hasEnded ? end : undefined);
  }

  #leftMs(session: StoredSession): number {
    return session.expiresAtMs - this.#parts.nowMs();
  }
}
