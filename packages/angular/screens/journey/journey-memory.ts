import type { Remembered } from '../forms/carried';

/** What this tab remembers of the journey at one app client, so that a reload does not lose it. */
export class JourneyMemory {
  readonly #key: string;

  constructor(clientId: string) {
    this.#key = `poolhouse.journey.${clientId}`;
  }

  /** What was remembered last; null when there is nothing, or nothing that can be read. */
  read(): Remembered | null {
    try {
      const value: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? 'null');
      return isRemembered(value) ? value : null;
    } catch {
      return null;
    }
  }

  /** Remembers this in place of what was remembered; null forgets. */
  write(value: Remembered | null): void {
    try {
      if (value === null) sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // A browser without storage: a reload begins anew, and everything else works.
    }
  }
}

function isRemembered(value: unknown): value is Remembered {
  const { name, verification } = (value ?? {}) as Partial<Record<keyof Remembered, unknown>>;
  return typeof name === 'string' && (verification === 'code' || verification === 'link');
}
