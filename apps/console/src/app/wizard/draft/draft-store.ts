import { computed, effect, inject, Injectable, signal } from '@angular/core';
import { Regions } from '../../api/region';
import type { Choices } from './choices';
import { Draft } from './draft';
import { problemsOf, type Check, type Problem } from './problem';

const KEY = 'poolhouse.new-pool';

interface Kept {
  readonly draft: unknown;
  readonly region?: unknown;
}

/** The draft of this tab: it survives a reload, and ends when the pool is made or the tab is closed. */
@Injectable()
export class DraftStore {
  readonly #regions = inject(Regions);
  readonly #kept = read();
  readonly #draft = signal(Draft.fromJSON(this.#kept?.draft));
  readonly #region = signal(typeof this.#kept?.region === 'string' ? this.#kept.region : undefined);
  readonly #left = signal<ReadonlySet<string>>(new Set());
  readonly #tried = signal<ReadonlySet<Check>>(new Set());

  readonly draft = this.#draft.asReadonly();
  readonly choices = computed(() => this.#draft().choices);
  /** Where the pool will be. */
  readonly region = computed(() => this.#region() ?? this.#regions.region());

  constructor() {
    effect(() => {
      const kept: Kept = { draft: this.#draft(), region: this.#region() };
      sessionStorage.setItem(KEY, JSON.stringify(kept));
    });
  }

  set(changes: Partial<Choices>): void {
    this.#draft.update((draft) => draft.with(changes));
  }

  setRegion(region: string): void {
    this.#region.set(region.trim());
  }

  /** Begins anew. */
  clear(): void {
    this.#draft.set(new Draft());
    this.#region.set(undefined);
    this.#left.set(new Set());
    this.#tried.set(new Set());
  }

  /** Somebody has left the field: what is wrong with it may be said. */
  leave(field: string): void {
    this.#left.update((left) => new Set([...left, field]));
  }

  /** Somebody wants to go on: all that is wrong with the step is said. A step is known by its check. */
  try(step: Check): void {
    this.#tried.update((tried) => new Set([...tried, step]));
  }

  /** What to say about a field of a step now. */
  problem(step: Check, field: string): string {
    if (!this.#tried().has(step) && !this.#left().has(field)) return '';
    return this.problems(step).find((one) => one.field === field)?.text ?? '';
  }

  /** What keeps a step from being done. */
  problems(step: Check): readonly Problem[] {
    return problemsOf(step, this.choices(), this.region());
  }

  isDone(step: Check): boolean {
    return this.problems(step).length === 0;
  }
}

function read(): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return typeof kept === 'object' && kept !== null ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
}
