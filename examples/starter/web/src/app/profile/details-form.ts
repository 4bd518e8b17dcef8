import { Component, inject, signal } from '@angular/core';
import {
  form,
  FormRoot,
  maxLength,
  pattern,
  type TreeValidationResult,
} from '@angular/forms/signals';
import { Auth, injectFailureReader } from '@poolhouse/angular';
import { focusFirstProblem } from '../shared/first-problem';
import { TextField } from '../shared/text-field';

/** Changes the name and the preferred user name. */
@Component({
  selector: 'app-details-form',
  imports: [FormRoot, TextField],
  template: `
    <form class="form" [formRoot]="details">
      <app-text-field label="Name" autocomplete="name" [field]="details.name" />
      <app-text-field
        label="Preferred user name"
        autocomplete="nickname"
        hint="A second name to sign in with. You may change it."
        [field]="details.preferred_username"
      />
      @if (problem()) {
        <p class="notice bad" role="alert">{{ problem() }}</p>
      }
      <div class="actions">
        <button class="btn primary" [disabled]="details().submitting()">Save</button>
        <span role="status" class="muted">{{ saved() ? 'Saved.' : '' }}</span>
      </div>
    </form>
  `,
  styles: `
    .form {
      display: grid;
      gap: var(--s4);
      padding-top: var(--s4);
      border-top: 1px solid var(--line);
    }
  `,
})
export class DetailsForm {
  readonly #auth = inject(Auth);
  readonly #failure = injectFailureReader();
  readonly #model = signal(this.#known());
  protected readonly saved = signal(false);
  /** What is wrong with no field: an error of the form itself would keep it from being sent again as it is. */
  protected readonly problem = signal('');

  protected readonly details = form(
    this.#model,
    (path) => {
      maxLength(path.name, 2048, { message: 'This name is too long.' });
      maxLength(path.preferred_username, 128, { message: 'Use 128 characters at most.' });
      pattern(path.preferred_username, /^\S*$/, { message: 'Leave out the spaces.' });
    },
    { submission: { action: () => this.#save(), onInvalid: focusFirstProblem } },
  );

  async #save(): Promise<TreeValidationResult> {
    this.saved.set(false);
    this.problem.set('');
    try {
      await this.#auth.updateAttributes(this.#changes());
    } catch (error) {
      this.problem.set(this.#failure(error).text);
      return undefined;
    }
    this.saved.set(true);
    return undefined;
  }

  /** Only what is different: an empty text removes an attribute, and one that was never there needs no removing. */
  #changes(): Record<string, string> {
    const known: Record<string, string> = this.#known();
    return Object.fromEntries(
      Object.entries(this.#model()).filter(([name, value]) => value !== known[name]),
    );
  }

  #known(): { name: string; preferred_username: string } {
    const { name = '', preferred_username = '' } = this.#auth.user()?.attributes ?? {};
    return { name, preferred_username };
  }
}
