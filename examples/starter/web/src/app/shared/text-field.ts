import { Component, computed, input } from '@angular/core';
import { type FieldTree, FormField } from '@angular/forms/signals';

let fields = 0;

/** A labelled input with help below it, and what is wrong once it has been left. */
@Component({
  selector: 'app-text-field',
  imports: [FormField],
  host: { class: 'field' },
  template: `
    <label [for]="id">{{ label() }}</label>
    <input
      [id]="id"
      dir="auto"
      [type]="type()"
      [autocomplete]="autocomplete()"
      [formField]="field()"
      [attr.aria-invalid]="problem() ? true : null"
      [attr.aria-describedby]="problem() ? id + '-problem' : hint() ? id + '-hint' : null"
      autocapitalize="none"
      spellcheck="false"
    />
    @if (problem(); as text) {
      <span class="problem" [id]="id + '-problem'">{{ text }}</span>
    } @else if (hint()) {
      <span class="hint" [id]="id + '-hint'">{{ hint() }}</span>
    }
  `,
})
export class TextField {
  readonly field = input.required<FieldTree<string>>();
  readonly label = input.required<string>();
  readonly hint = input<string>();
  readonly type = input('text');
  readonly autocomplete = input('off');

  protected readonly id = `field-${(fields += 1)}`;
  protected readonly problem = computed(() => {
    const state = this.field()();
    return state.touched() ? state.errors()[0]?.message : undefined;
  });
}
