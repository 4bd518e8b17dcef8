import { Component, inject, signal } from '@angular/core';
import {
  form,
  FormField,
  FormRoot,
  required,
  type TreeValidationResult,
  validate,
} from '@angular/forms/signals';
import { Auth, injectFailureReader } from '@poolhouse/angular';
import { injectPasswordCheck, PasswordField } from '@poolhouse/angular/fields';
import { focusFirstProblem } from '../shared/first-problem';

/** Changes the password of whoever is signed in. */
@Component({
  selector: 'app-password-form',
  imports: [FormField, FormRoot, PasswordField],
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
      <ph-password-field label="Present password" [formField]="passwords.previous" />
      <ph-password-field kind="new" [formField]="passwords.proposed" />
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
  readonly #failure = injectFailureReader();
  readonly #missing = injectPasswordCheck();
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
        const message = this.#missing(value());
        return message === null ? undefined : { kind: 'policy', message };
      });
    },
    { submission: { action: () => this.#change(), onInvalid: focusFirstProblem } },
  );

  async #change(): Promise<TreeValidationResult> {
    this.changed.set(false);
    this.problem.set('');
    try {
      await this.#auth.changePassword(this.passwords().value());
    } catch (error) {
      const { text: message, field } = this.#failure(error);
      const { proposed, previous } = this.passwords;
      const fieldTree = { password: proposed, previousPassword: previous }[field ?? ''];
      if (fieldTree) return { kind: 'pool', message, fieldTree };
      this.problem.set(message);
      return undefined;
    }
    this.passwords().reset({ previous: '', proposed: '' });
    this.changed.set(true);
    return undefined;
  }
}
