import type { PoolhouseConfig } from '@poolhouse/angular';

/** Who has declined a passkey in this browser. Where the browser keeps nothing, they are asked again at their next sign-in. */
export class DeclinedOffers {
  readonly #key: string;

  constructor({ clientId }: PoolhouseConfig) {
    this.#key = `poolhouse.passkey-declined.${clientId}`;
  }

  /** Whether this person has. */
  has(sub: string): boolean {
    return this.#all().includes(sub);
  }

  /** This person has. */
  add(sub: string): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify([...this.#all(), sub]));
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
