const maxEntries = 10_000;

/** Records by id, parsed and frozen, for reads that may be slightly out of date. Bounded: the oldest entry is dropped first. */
export class RecordCache<Value extends object> {
  readonly #maxAgeMs: number;
  readonly #elapsedMs: () => number;
  readonly #entries = new Map<string, { readonly value: Value; readonly readAtMs: number }>();
  #forgotten = 0;

  /** `elapsedMs` is a clock that never goes backwards. */
  constructor(maxAgeMs: number, elapsedMs: () => number) {
    this.#maxAgeMs = maxAgeMs;
    this.#elapsedMs = elapsedMs;
  }

  /** The cached record, or what `load` reads. Absent records are not cached. */
  async get(id: string, load: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const kept = this.peek(id);
    if (kept !== undefined) return kept;
    const nowMs = this.#elapsedMs();
    const forgotten = this.#forgotten;
    const value = await load();
    if (value === undefined) {
      this.#entries.delete(id);
      return undefined;
    }
    // A write that was committed during our read may have made `value` obsolete, so it is returned once but not kept.
    if (forgotten === this.#forgotten) this.#keep(id, freeze(value), nowMs);
    return value;
  }

  /** The cached record, if it is young enough. */
  peek(id: string): Value | undefined {
    const entry = this.#entries.get(id);
    // The age counts from before the read, so that it is never understated.
    const isYoung = entry !== undefined && this.#elapsedMs() - entry.readAtMs < this.#maxAgeMs;
    return isYoung ? entry.value : undefined;
  }

  /** Forgets one record, because it was written. */
  forget(id: string): void {
    this.#forgotten += 1;
    this.#entries.delete(id);
  }

  /** Forgets the records for which `isMeant` holds. */
  forgetWhere(isMeant: (value: Value) => boolean): void {
    this.#forgotten += 1;
    for (const [id, { value }] of this.#entries) if (isMeant(value)) this.#entries.delete(id);
  }

  #keep(id: string, value: Value, readAtMs: number): void {
    this.#entries.delete(id);
    if (this.#entries.size >= maxEntries) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
    this.#entries.set(id, { value, readAtMs });
  }
}

/** One record is shared by many requests, so none of them may change it. */
function freeze<Value extends object>(value: Value): Value {
  for (const member of Object.values(value) as unknown[]) {
    if (typeof member === 'object' && member !== null && !Object.isFrozen(member)) freeze(member);
  }
  return Object.freeze(value);
}
