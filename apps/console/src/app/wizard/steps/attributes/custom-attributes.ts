import { Component, ElementRef, inject, input, output } from '@angular/core';
import type { CustomAttribute, CustomType } from '../../draft/choices';
import { typeNames } from '../../../shared/glossary';
import { Field } from '../../pieces/field';
import { attributesTexts } from './texts';

const NEW: CustomAttribute = { name: '', type: 'String', min: '', max: '', mutable: true };
const MOST = 50;

/** Attributes of one's own: name, type, range, and whether a value may change. */
@Component({
  selector: 'pc-custom-attributes',
  imports: [Field],
  template: `
    @for (attribute of attributes(); track $index) {
      <div class="card row" role="group" [attr.aria-label]="attribute.name || texts.add">
        <pc-field
          class="name"
          [label]="texts.customName"
          [mono]="true"
          [value]="attribute.name"
          (changed)="set($index, { name: $event })"
          (left)="left.emit('custom-' + $index)"
        />
        <div class="field">
          <label [attr.for]="'custom-type-' + $index">{{ texts.customType }}</label>
          <select
            [id]="'custom-type-' + $index"
            (change)="set($index, { type: $any($event.target).value })"
          >
            @for (type of types; track type) {
              <option [value]="type" [selected]="type === attribute.type">
                {{ typeNames[type] }}
              </option>
            }
          </select>
        </div>
        @if (attribute.type === 'String' || attribute.type === 'Number') {
          <pc-field
            [label]="attribute.type === 'String' ? texts.customMinLength : texts.customMin"
            [value]="attribute.min"
            (changed)="set($index, { min: $event })"
            (left)="left.emit('custom-' + $index)"
          />
          <pc-field
            [label]="attribute.type === 'String' ? texts.customMaxLength : texts.customMax"
            [value]="attribute.max"
            (changed)="set($index, { max: $event })"
            (left)="left.emit('custom-' + $index)"
          />
        }
        <div class="last">
          <label class="check">
            <input
              type="checkbox"
              [checked]="attribute.mutable"
              (change)="set($index, { mutable: $any($event.target).checked })"
            />
            {{ texts.mutable }}
          </label>
          <button class="btn ghost danger" type="button" (click)="remove($index)">
            {{ texts.remove }}<span class="unseen"> {{ attribute.name }}</span>
          </button>
        </div>
        @if (problemOf()('custom-' + $index); as problem) {
          <p class="problem" role="alert">{{ problem }}</p>
        }
      </div>
    }
    @if (attributes().length < most) {
      <button class="btn" type="button" (click)="add()">{{ texts.add }}</button>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s3);
      justify-items: start;
    }
    .row {
      display: grid;
      grid-template-columns: minmax(120px, 2fr) minmax(110px, 1fr) 100px 100px;
      gap: var(--s3);
      align-items: end;
      width: 100%;
      padding: var(--s4);
    }
    .last,
    .problem {
      grid-column: 1 / -1;
    }
    .last {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
    }
    .problem {
      color: var(--bad);
      font-size: 13px;
    }
    @media (max-width: 760px) {
      .row {
        grid-template-columns: 1fr 1fr;
      }
    }
  `,
})
export class CustomAttributes {
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly attributes = input.required<readonly CustomAttribute[]>();
  readonly problemOf = input.required<(field: string) => string>();
  readonly changed = output<readonly CustomAttribute[]>();
  readonly left = output<string>();
  protected readonly texts = attributesTexts;
  protected readonly typeNames = typeNames;
  protected readonly most = MOST;
  protected readonly types: readonly CustomType[] = ['String', 'Number', 'Boolean', 'DateTime'];

  protected add(): void {
    this.changed.emit([...this.attributes(), NEW]);
    // Where one goes on: at the name of what was added.
    setTimeout(() =>
      [...this.#element.querySelectorAll<HTMLElement>('.name input')].at(-1)?.focus(),
    );
  }

  protected set(index: number, changes: Partial<CustomAttribute>): void {
    this.changed.emit(
      this.attributes().map((one, at) => (at === index ? { ...one, ...changes } : one)),
    );
  }

  protected remove(index: number): void {
    this.changed.emit(this.attributes().filter((_, at) => at !== index));
  }
}
