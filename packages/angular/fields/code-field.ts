import {
  ChangeDetectionStrategy,
  Component,
  input,
  linkedSignal,
  model,
  output,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import { injectWords } from './inject-words';
import { FormField } from './form-field';
import { codeIn, isCode } from './forms/code-field';
import type { FieldState } from './forms/field';

/**
 * A code that came by message, within a form of the application. `value` is the six digits, also where a whole sentence was pasted. With
 * signal forms `[formField]` binds it, else `[(value)]`.
 */
@Component({
  selector: 'ph-code-field',
  imports: [FormField],
  host: { class: 'ph-alone' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './theme.css',
  template: `
    <ph-field
      [field]="field"
      [label]="label() ?? words.code"
      [help]="help() ?? words.codeHelp"
      autocomplete="one-time-code"
    />
  `,
})
export class CodeField {
  readonly value = model('');
  readonly label = input<string>();
  /** Shown below the field before anything is wrong. */
  readonly help = input<string>();
  /** What is wrong; the first shows once the field was touched. */
  readonly errors = input<readonly { readonly message?: string | undefined }[]>([]);
  readonly touched = input(false);
  /** The person left the field. */
  readonly touch = output();

  protected readonly words = injectWords();
  /** What stands in the field: as typed, until it is left or changed from outside. */
  readonly #typed = linkedSignal<string, string>({
    source: this.value,
    computation: (value, before) =>
      before !== undefined && codeIn(before.value) === value ? before.value : value,
  });
  protected readonly field: FieldState = {
    value: Object.assign(() => this.#typed(), { set: (typed: string) => this.#take(typed) }),
    shown: () => (this.touched() ? (this.errors()[0]?.message ?? null) : null),
    leave: () => {
      if (isCode(this.value())) this.#typed.set(this.value());
      this.touch.emit();
    },
  };
  protected readonly control = viewChild.required(FormField);

  /** Puts the cursor into it. */
  focus(options?: FocusOptions): void {
    this.control().focus(options);
  }

  #take(typed: string): void {
    this.#typed.set(typed);
    this.value.set(codeIn(typed));
  }
}
