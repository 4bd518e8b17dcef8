import { computed, signal } from '@angular/core';
import { AuthError } from '@poolhouse/angular';
import type { Field } from './field';

/** The fields of one screen, and what happens when they are sent. */
export class Form {
  /** Whether an answer is awaited; a second submit does nothing meanwhile. */
  readonly pending = signal(false);
  /** What went wrong and belongs to no single field, in words for people. */
  readonly error = signal<string | null>(null);
  /** Counts how often a field was found wrong on submitting, by itself or by the service. */
  readonly refusals = signal(0);
  /** Whether every field passes its own check. */
  readonly valid = computed(() => Object.values(this.#fields()).every((field) => !field.problem()));

  readonly #fields: () => Readonly<Record<string, Field>>;
  readonly #unexpected: string;

  /** `fields` are in the order of the screen; `unexpected` is said of failures that nobody foresaw. */
  constructor(fields: () => Readonly<Record<string, Field>>, unexpected: string) {
    this.#fields = fields;
    this.#unexpected = unexpected;
  }

  /**
   * Shows what is wrong, or does the work. Answers what the work answers, or null when the screen stays: fields are not
   * right, an answer is awaited already, or the service refused.
   */
  async submit<Result>(
    work: () => Promise<Result>,
    handled: (error: AuthError) => Result | null = () => null,
  ): Promise<Result | null> {
    if (this.pending()) return null;
    this.error.set(null);
    for (const field of Object.values(this.#fields())) field.reveal();
    if (!this.valid()) {
      this.#refused();
      return null;
    }
    return this.run(work, handled);
  }

  /** As `submit`, for what needs no field, such as sending a message again. */
  async run<Result>(
    work: () => Promise<Result>,
    handled: (error: AuthError) => Result | null = () => null,
  ): Promise<Result | null> {
    if (this.pending()) return null;
    this.error.set(null);
    this.pending.set(true);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AuthError)) {
        this.error.set(this.#unexpected);
        return null;
      }
      const result = handled(error);
      if (result === null) this.#show(error);
      return result;
    } finally {
      this.pending.set(false);
    }
  }

  /** At the field that the error is about, or above the button. */
  #show(error: AuthError): void {
    const fields = this.#fields();
    const names = [...error.attributes, ...candidates(error)].filter((name) => fields[name]);
    if (names.length === 0) this.error.set(error.message);
    else this.#refused();
    for (const name of new Set(names)) fields[name]?.refuse(error.message);
  }

  #refused(): void {
    this.refusals.update((count) => count + 1);
  }
}

function candidates(error: AuthError): string[] {
  switch (error.code) {
    case 'invalid-email':
      return ['email'];
    case 'invalid-phone-number':
      return ['phone_number'];
    case 'wrong-credentials':
      // Which of the two is wrong is nobody's business, and two red fields say less than one sentence.
      return [];
    default:
      return error.field === undefined ? [] : [error.field];
  }
}
