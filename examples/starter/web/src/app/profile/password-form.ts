import { Component, computed, inject, signal } from '@angular/core';
import {
  form,
  FormRoot,
  required,
  type TreeValidationResult,
  validate,
} from '@angular/forms/signals';
import {
  Auth,
  AuthError,
  POOLHOUSE_TEXTS,
  passwordRules,
  type PasswordRule,
  PoolSettings,
} from '@poolhouse/angular';
import { failureText } from '../shared/failure-text';
import { focusFirstProblem } from '../shared/first-problem';
import { TextField } from '../shared/text-field';

/** Changes the password of whoever is signed in. */
@Component({
  selector: 'app-password-form',
  imports: [FormRoot, TextField],
  template: `
    <h2>Change your password</h2>
    <form class="form" [formRoot]="passwords">
      <!-- Lets a password manager know whose password this is. -->
      <input
        class="unseen"
        autocomplete="username"
        aria-hidden="true"
        tabindex="-1"
        readonly
        [value]="username"
      />
      <app-text-field
        label="Present password"
        type="password"
        autocomplete="current-password"
        [field]="passwords.previous"
      />
      <app-text-field
        label="New password"
        type="password"
        autocomplete="new-password"
        [hint]="hint()"
        [field]="passwords.proposed"
      />
      @if (problem()) {
        <p class="notice bad" role="alert">{{ problem() }}</p>
      }
      <div class="actions">
        <button class="btn primary" [disabled]="passwords().submitting()">Change password</button>
        <span role="status" class="muted">{{ changed() ? 'Changed.' : '' }}</span>
      </div>
    </form>
  `,
  styles: `
    .form {
      display: grid;
      gap: var(--s4);
    }
  `,
})
export class PasswordForm {
  readonly #auth = inject(Auth);
  readonly #settings = inject(PoolSettings).current;
  readonly #texts = inject(POOLHOUSE_TEXTS).screens;
  /** What the pool wants, where anybody has told it. */
  protected readonly hint = computed(() => hintOf(this.#rules('')));
  protected readonly username = this.#auth.user()?.username ?? '';
  protected readonly changed = signal(false);
  /** What is wrong with no field: an error of the form itself would keep it from being sent again as it is. */
  protected readonly problem = signal('');

  protected readonly passwords = form(
    signal({ previous: '', proposed: '' }),
    (path) => {
      required(path.previous, { message: 'Enter your present password.' });
      required(path.proposed, { message: 'Enter a new password.' });
      validate(path.proposed, ({ value }) => {
        const missing = this.#rules(value()).filter(({ met }) => !met);
        if (value() === '' || missing.length === 0) return undefined;
        return { kind: 'policy', message: `Still missing: ${labelsOf(missing)}.` };
      });
    },
    { submission: { action: () => this.#change(), onInvalid: focusFirstProblem } },
  );

  #rules(password: string): readonly PasswordRule[] {
    return passwordRules(this.#settings().passwordPolicy, password, this.#texts);
  }

  async #change(): Promise<TreeValidationResult> {
    this.changed.set(false);
    this.problem.set('');
    try {
      await this.#auth.changePassword(this.passwords().value());
    } catch (error) {
      const message = failureText(error);
      const { proposed, previous } = this.passwords;
      switch (error instanceof AuthError ? error.field : undefined) {
        case 'password':
          return { kind: 'pool', message, fieldTree: proposed };
        case 'previousPassword':
          return { kind: 'pool', message, fieldTree: previous };
        default:
          this.problem.set(message);
          return undefined;
      }
    }
    this.passwords().reset({ previous: '', proposed: '' });
    this.changed.set(true);
    return undefined;
  }
}

function labelsOf(rules: readonly PasswordRule[]): string {
  return rules.map(({ label }) => label).join(', ');
}

function hintOf(rules: readonly PasswordRule[]): string {
  return rules.length === 0 ? '' : `It needs ${labelsOf(rules)}.`;
}
