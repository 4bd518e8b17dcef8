import { Component, input, model } from '@angular/core';
import type { TimeUnitsType } from '@poolhouse/model';
import type { Lifetime } from './client-draft.ts';
import { clientTexts, unitNames } from './texts';

/** A number and its unit. */
@Component({
  selector: 'pc-lifetime-field',
  template: `
    <div class="field">
      <label [for]="fieldId()">{{ label() }}</label>
      <div class="line">
        <input
          [id]="fieldId()"
          #value
          inputmode="numeric"
          [readOnly]="fixed()"
          [value]="lifetime().value"
          (input)="lifetime.set({ value: value.value, unit: lifetime().unit })"
          [attr.aria-invalid]="problem() ? true : null"
          [attr.aria-describedby]="problem() ? fieldId() + '-problem' : null"
          autocomplete="off"
        />
        <select
          #unit
          [attr.aria-label]="texts.unit(label())"
          [disabled]="fixed()"
          (change)="choose(unit.value)"
        >
          @for (name of units; track name) {
            <option [value]="name" [selected]="name === lifetime().unit">{{ names[name] }}</option>
          }
        </select>
      </div>
      @if (problem()) {
        <span class="problem" [id]="fieldId() + '-problem'">{{ problem() }}</span>
      }
    </div>
  `,
  styles: `
    .line {
      display: grid;
      grid-template-columns: minmax(64px, 1fr) minmax(96px, auto);
      gap: var(--s2);
    }
  `,
})
export class LifetimeField {
  readonly fieldId = input.required<string>();
  readonly label = input.required<string>();
  readonly lifetime = model.required<Lifetime>();
  readonly problem = input('');
  readonly fixed = input(false);
  protected readonly texts = clientTexts;
  protected readonly names = unitNames;
  protected readonly units: readonly TimeUnitsType[] = ['seconds', 'minutes', 'hours', 'days'];

  protected choose(name: string): void {
    const unit = this.units.find((one) => one === name);
    if (unit !== undefined) this.lifetime.set({ value: this.lifetime().value, unit });
  }
}
