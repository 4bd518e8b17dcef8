import { HttpClient, httpResource } from '@angular/common/http';
import { Component, computed, inject, output, signal } from '@angular/core';
import {
  email,
  form,
  FormField,
  FormRoot,
  pattern,
  required,
  type TreeValidationResult,
} from '@angular/forms/signals';
import { injectFailureReader } from '@poolhouse/angular';
import { firstValueFrom } from 'rxjs';
import { focusFirstProblem } from '../shared/first-problem';
import { TextField } from '../shared/text-field';

const EMPTY = { username: '', email: '', group: '' };

/** Adds a user through our API, which does it with the AWS SDK. */
@Component({
  selector: 'app-add-user',
  imports: [FormField, FormRoot, TextField],
  templateUrl: './add-user.html',
  styles: `
    form {
      display: grid;
      gap: var(--s4);
    }

    [role='status'] {
      color: var(--good);
      overflow-wrap: anywhere;
    }
  `,
})
export class AddUser {
  /** A user has been made. */
  readonly added = output();

  readonly #http = inject(HttpClient);
  readonly #failure = injectFailureReader();
  readonly #groups = httpResource<{ readonly groups: readonly string[] }>(() => '/api/groups');
  protected readonly groups = computed(() =>
    this.#groups.hasValue() ? this.#groups.value().groups : [],
  );
  protected readonly hasNoGroups = computed(() => this.#groups.error() !== undefined);
  protected readonly newest = signal('');
  /** What is wrong with no field: an error of the form itself would keep it from being sent again as it is. */
  protected readonly problem = signal('');

  protected readonly user = form(
    signal(EMPTY),
    (path) => {
      required(path.username, { message: 'Enter a user name.' });
      pattern(path.username, /^\S*$/, { message: 'Leave out the spaces.' });
      required(path.email, { message: 'Enter an email address.' });
      email(path.email, { message: 'Enter an address like name@example.com.' });
    },
    { submission: { action: () => this.#add(), onInvalid: () => this.#cannotAdd() } },
  );

  #cannotAdd(): void {
    this.newest.set('');
    focusFirstProblem(this.user);
  }

  async #add(): Promise<TreeValidationResult> {
    this.newest.set('');
    this.problem.set('');
    const user = this.user().value();
    try {
      await firstValueFrom(this.#http.post('/api/users', user));
    } catch (error) {
      const { username, email, group } = this.user;
      const { text: message, field, code } = this.#failure(error);
      const fieldTree = { username, email, group }[field ?? ''];
      if (fieldTree) return { kind: 'api', message, fieldTree };
      this.problem.set(message);
      // Nothing is to be sent again: the user is there, and only the group is not.
      if (code === 'NotInGroup') {
        this.user().reset({ ...EMPTY });
        this.added.emit();
      }
      return undefined;
    }
    this.user().reset({ ...EMPTY });
    this.newest.set(user.email);
    this.added.emit();
    return undefined;
  }
}
