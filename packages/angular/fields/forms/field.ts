import { computed, signal } from '@angular/core';

/** What a field is told when it is made. */
export interface FieldOptions {
  /** The problem with a cleaned value, in words for people; null when there is none. */
  check?: (value: string) => string | null;
  /** Removes what people type around the value, such as spaces. */
  clean?: (value: string) => string;
  /** Whether the cleaned value takes the place of what was typed when the person leaves the field. */
  tidy?: boolean;
}

/** What a control shows of a field, and what it does with it. */
export interface FieldState {
  /** Exactly what was typed. */
  readonly value: { (): string; set(value: string): void };
  /** What is wrong, once it is time to say so. */
  readonly shown: () => string | null;
  /** The person left the control. */
  leave(): void;
}

/** One input: what was typed, and the problem to show for it, if it is time to show one. */
export class Field implements FieldState {
  /** Exactly what was typed. */
  readonly value = signal('');
  readonly #left = signal(false);
  readonly #refusal = signal<{ value: string; message: string } | null>(null);
  readonly #options: FieldOptions;

  /** What is wrong, shown or not: the service's refusal of this very value, or the field's own check. */
  readonly problem = computed(() => {
    const refusal = this.#refusal();
    return refusal?.value === this.value() ? refusal.message : this.#check();
  });

  /** What is wrong, once the person has left the field or tried to submit. */
  readonly shown = computed(() => (this.#left() ? this.problem() : null));

  constructor(options: FieldOptions = {}) {
    this.#options = options;
  }

  /** The value as it is sent. */
  cleaned(): string {
    return this.#options.clean?.(this.value()) ?? this.value();
  }

  /** The person left the field. An empty one is let be until the form is submitted. */
  leave(): void {
    if (this.value() === '') return;
    if (this.#options.tidy && this.problem() === null) this.value.set(this.cleaned());
    this.#left.set(true);
  }

  /** The form was submitted: whatever is wrong shows now. */
  reveal(): void {
    this.#left.set(true);
  }

  /** The service refused this value; the message goes as soon as the value changes. */
  refuse(message: string): void {
    this.#refusal.set({ value: this.value(), message });
    this.#left.set(true);
  }

  /** Forgets what was typed and said. */
  clear(): void {
    this.value.set('');
    this.#left.set(false);
    this.#refusal.set(null);
  }

  #check(): string | null {
    return this.#options.check?.(this.cleaned()) ?? null;
  }
}
