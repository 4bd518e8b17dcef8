/** How far a run over many users is. */
export interface BulkState {
  readonly total: number;
  readonly done: number;
  /** Users that the action failed for, with what the server said. */
  readonly failed: readonly { readonly name: string; readonly message: string }[];
  readonly phase: 'running' | 'cancelled' | 'finished';
}

/** Requests at the same time: fast, and the server has room for others. */
const AT_ONCE = 4;

/** Does one thing for many users, a few at a time. One that fails does not stop the others. */
export class BulkRun {
  readonly #names: readonly string[];
  readonly #act: (name: string) => Promise<unknown>;
  readonly #changed: (state: BulkState) => void;
  readonly #failed: { name: string; message: string }[] = [];
  #done = 0;
  #next = 0;
  #phase: BulkState['phase'] = 'running';

  constructor(
    names: readonly string[],
    act: (name: string) => Promise<unknown>,
    changed: (state: BulkState) => void = () => undefined,
  ) {
    this.#names = names;
    this.#act = act;
    this.#changed = changed;
  }

  get state(): BulkState {
    return {
      total: this.#names.length,
      done: this.#done,
      failed: [...this.#failed],
      phase: this.#phase,
    };
  }

  /** Runs to the end, or until cancelled; what is under way then is still waited for. */
  async run(): Promise<BulkState> {
    this.#changed(this.state);
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#work()));
    if (this.#phase === 'running') this.#phase = 'finished';
    this.#changed(this.state);
    return this.state;
  }

  /** Starts nothing more. What is done stays done. */
  cancel(): void {
    if (this.#phase === 'running') this.#phase = 'cancelled';
  }

  async #work(): Promise<void> {
    while (this.#phase === 'running') {
      const name = this.#names[this.#next];
      if (name === undefined) return;
      this.#next += 1;
      try {
        await this.#act(name);
      } catch (error) {
        this.#failed.push({
          name,
          message: error instanceof Error ? error.message : String(error),
        });
      }
      this.#done += 1;
      this.#changed(this.state);
    }
  }
}
