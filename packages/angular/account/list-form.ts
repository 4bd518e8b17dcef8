import { signal } from '@angular/core';
import type { PoolhouseTexts } from '@poolhouse/angular';
import { ɵForm as Form } from '@poolhouse/angular/fields';

/** A list of what the person has, each of which can be removed after a question. */
export class ListForm<Item extends { readonly id: string }> {
  readonly form: Form;
  /** Null until they are read. */
  readonly items = signal<readonly Item[] | null>(null);
  /** Whether the pool has such a thing; true until it says no. */
  readonly isOffered = signal(true);
  /** The one that was acted on last: what went wrong stands with it. */
  readonly at = signal<string | null>(null);
  /** The one that is to be removed, if the person means it. */
  readonly asked = signal<string | null>(null);
  /** What was done last. */
  readonly said = signal('');
  readonly #read: () => Promise<readonly Item[]>;

  constructor(read: () => Promise<readonly Item[]>, { errors }: PoolhouseTexts) {
    this.#read = read;
    this.form = new Form(() => ({}), errors.unknown);
  }

  /** Reads the list. */
  async load(): Promise<void> {
    await this.#run(async () => this.items.set(await this.#read()));
  }

  /** Does something, to one of them or to the list, reads the list, and says so. Answers whether it was done. */
  async act(at: string | null, work: () => Promise<unknown>, said: string): Promise<boolean> {
    this.at.set(at);
    this.said.set('');
    const isDone = await this.#run(async () => {
      await work();
      this.asked.set(null);
      this.items.set(await this.#read());
      this.said.set(said);
      return true;
    });
    return isDone ?? false;
  }

  /** Asks before one is removed; null takes the question back. */
  ask(id: string | null): void {
    this.asked.set(id);
    this.at.set(id);
    this.said.set('');
    this.form.error.set(null);
  }

  #run<Result>(work: () => Promise<Result>): Promise<Result | null> {
    return this.form.run<Result | null>(work, ({ code }) => {
      if (code === 'not-offered') this.isOffered.set(false);
      return null;
    });
  }
}
