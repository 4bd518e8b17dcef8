import { ChangeDetectionStrategy, Component, input, model, ViewEncapsulation } from '@angular/core';

let count = 0;

/** One of a few, each with a line that explains it. */
@Component({
  selector: 'ph-choices',
  host: { class: 'ph-choices' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './choices.css',
  template: `
    <fieldset>
      <legend class="ph-unseen">{{ legend() }}</legend>
      @for (option of options(); track option.value) {
        <label>
          <input
            type="radio"
            [name]="id"
            [value]="option.value"
            [checked]="option.value === value()"
            [attr.aria-describedby]="id + '-' + $index"
            (change)="value.set(option.value)"
          />
          <span>{{ option.label }}</span>
          <small [id]="id + '-' + $index">{{ option.help }}</small>
        </label>
      }
    </fieldset>
  `,
})
export class Choices<Value extends string> {
  /** Read out as the group's name; the screen's heading says it to the eye. */
  readonly legend = input.required<string>();
  readonly options = input.required<readonly { value: Value; label: string; help: string }[]>();
  readonly value = model.required<Value | null>();

  protected readonly id = `ph-choices-${++count}`;
}
