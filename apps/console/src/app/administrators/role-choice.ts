import { Component, input, model } from '@angular/core';
import type { Role } from '../api/session';
import { roleHints, roleNames } from '../shared/roles';

const ROLES: readonly Role[] = ['viewer', 'operator', 'owner'];

/** What somebody may do, with what each choice means. */
@Component({
  selector: 'pc-role-choice',
  template: `
    <fieldset class="stack">
      <legend>
        <b>{{ legend() }}</b>
      </legend>
      @for (one of roles; track one) {
        <label class="opt">
          <input type="radio" name="role" [checked]="role() === one" (change)="role.set(one)" />
          <span
            ><b>{{ names[one] }}</b>
            <p>{{ hints[one] }}</p></span
          >
        </label>
      }
    </fieldset>
  `,
})
export class RoleChoice {
  readonly legend = input.required<string>();
  readonly role = model.required<Role>();
  protected readonly roles = ROLES;
  protected readonly names = roleNames;
  protected readonly hints = roleHints;
}
