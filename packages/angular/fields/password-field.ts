import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  model,
  output,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import { PoolSettings } from '@poolhouse/angular';
import { injectWords } from './inject-words';
import { FormField } from './form-field';
import type { FieldState } from './forms/field';
import { passwordRules, passwordRulesAttribute } from './forms/password-rules';

/**
 * A password within a form of the application, with a button that shows it; of a new one, the pool's rules as they are met. With signal
 * forms `[formField]` binds it, else `[(value)]`.
 */
@Component({
  selector: 'ph-password-field',
  imports: [FormField],
  host: { class: 'ph-alone' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './theme.css',
  template: `
    <ph-field
      type="password"
      [field]="field"
      [label]="label() ?? (kind() === 'new' ? words.newPassword : words.password)"
      [help]="help()"
      [autocomplete]="kind() + '-password'"
      [rules]="rules()"
      [rulesForManagers]="rulesForManagers()"
    />
  `,
})
export class PasswordField {
  readonly value = model('');
  /** `new` where it is chosen, `current` where it is proved. */
  readonly kind = input<'current' | 'new'>('current');
  readonly label = input<string>();
  /** Shown below the field before anything is wrong. */
  readonly help = input('');
  /** What is wrong; the first shows once the field was touched. */
  readonly errors = input<readonly { readonly message?: string | undefined }[]>([]);
  readonly touched = input(false);
  /** The person left the field. */
  readonly touch = output();

  protected readonly words = injectWords();
  readonly #settings = inject(PoolSettings).current;
  readonly #policy = computed(() =>
    this.kind() === 'new' ? this.#settings().passwordPolicy : undefined,
  );
  protected readonly rules = computed(() => {
    if (this.kind() === 'current') return null;
    const rules = passwordRules(this.#policy(), this.value(), this.words);
    return rules.length === 0 ? null : rules;
  });
  protected readonly rulesForManagers = computed(() => passwordRulesAttribute(this.#policy()));
  protected readonly field: FieldState = {
    value: this.value,
    shown: () => (this.touched() ? (this.errors()[0]?.message ?? null) : null),
    leave: () => this.touch.emit(),
  };
  protected readonly control = viewChild.required(FormField);

  /** Puts the cursor into it. */
  focus(options?: FocusOptions): void {
    this.control().focus(options);
  }
}
