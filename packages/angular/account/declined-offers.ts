import type { PoolhouseConfig } from '@poolhouse/angular';

/** Nobody reads a longer list. */
const MOST = 50;

/** Who, or what, an offer was declined for in this browser. Where the browser keeps nothing, they are asked again at their next sign-in. */
export class DeclinedOffers {
  readonly #key: string;

  constructor({ clientId }: PoolhouseConfig, what: 'passkey' | 'device') {
    this.#key = `poolhouse.${what}-declined.${clientId}`;
  }

  /** Whether it was declined for this person or device. */
  has(id: string): boolean {
    return this.#all().includes(id);
  }

  /** It is declined now. */
  add(id: string): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify([...this.#all(), id].slice(-MOST)));
    } catch {
      // Asked again, then.
    }
  }

  #all(): readonly unknown[] {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(this.#key) ?? '[]');
      return Array.isArray(value) ? value : [];
    } catch {
      return [];
    }
  }
}
