import type { PoolhouseConfig } from '../config/poolhouse-config';

/**
 * The name that was last used with a passkey in this browser, for the API wants a name before it asks for one. It is kept only where the
 * session is kept, too: on a shared computer (`session`, `memory`) nothing stays.
 */
export class PasskeyName {
  readonly #key: string;
  readonly #isKept: boolean;

  constructor({ clientId, storage = 'local' }: PoolhouseConfig) {
    this.#key = `poolhouse.passkey.${clientId}`;
    this.#isKept = storage !== 'session' && storage !== 'memory';
  }

  /** The name; null where there is none. */
  read(): string | null {
    try {
      return this.#isKept ? localStorage.getItem(this.#key) : null;
    } catch {
      return null;
    }
  }

  /** Remembers a name; null forgets. */
  write(name: string | null): void {
    if (!this.#isKept) return;
    try {
      if (name === null) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, name);
    } catch {
      // A browser without storage: people type their name.
    }
  }
}
