import { Component, input, model } from '@angular/core';
import type { GroupDraft, GroupValues } from './group-draft.ts';
import { groupProblems, groupTexts } from './texts';

/** The fields of a group, for a new one and for one that is edited. */
@Component({
  selector: 'pc-group-fields',
  template: `
    @for (field of fields; track field.name) {
      @if (field.name !== 'name' || isNew()) {
        @let id = 'group-' + field.name;
        @let wrong = problem(field.name);
        <div class="field">
          <label [for]="id">{{ field.label }}</label>
          <input
            [id]="id"
            dir="auto"
            #box
            [class.mono]="field.name === 'role'"
            [attr.inputmode]="field.name === 'precedence' ? 'numeric' : null"
            [value]="draft().values[field.name]"
            [readOnly]="fixed()"
            (input)="set(field.name, box.value)"
            [attr.aria-invalid]="wrong ? true : null"
            [attr.aria-describedby]="id + '-help'"
            autocomplete="off"
            spellcheck="false"
          />
          <span [class]="wrong ? 'problem' : 'hint'" [id]="id + '-help'">{{
            wrong || field.hint
          }}</span>
        </div>
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s4);
    }
  `,
})
export class GroupFields {
  readonly draft = model.required<GroupDraft>();
  readonly isNew = input(false);
  /** Whether the role of the administrator lets nothing be changed. */
  readonly fixed = input(false);
  /** Whether to say also that something is missing: after a try to save. */
  readonly tried = input(false);

  protected readonly fields: readonly { name: keyof GroupValues; label: string; hint: string }[] = [
    { name: 'name', label: groupTexts.name, hint: groupTexts.nameHint },
    { name: 'description', label: groupTexts.description, hint: groupTexts.descriptionHint },
    { name: 'precedence', label: groupTexts.precedence, hint: groupTexts.precedenceHint },
    { name: 'role', label: groupTexts.role, hint: groupTexts.roleHint },
  ];

  protected problem(name: keyof GroupValues): string {
    const problem = this.draft().problems[name];
    if (problem === undefined || (problem === 'no-name' && !this.tried())) return '';
    // While an ARN is being typed it is never one yet.
    return problem === 'not-a-role' && !this.tried() ? '' : groupProblems[problem];
  }

  protected set(name: keyof GroupValues, value: string): void {
    this.draft.set(this.draft().with({ [name]: value }));
  }
}
