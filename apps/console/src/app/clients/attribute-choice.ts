import { Component, computed, input, model } from '@angular/core';
import { clientTexts } from './texts';

let choices = 0;

/** All attributes, or only some, of which some may have to stay. */
@Component({
  selector: 'pc-attribute-choice',
  template: `
    <fieldset class="stack" [disabled]="fixed()">
      <legend>
        <b>{{ label() }}</b>
      </legend>
      <div class="actions">
        <label class="check"
          ><input
            type="radio"
            [name]="id"
            [checked]="!names()"
            (change)="names.set(undefined)"
          /><span>{{ texts.all }}</span></label
        >
        <label class="check"
          ><input
            type="radio"
            [name]="id"
            [checked]="names()"
            (change)="names.set(offered())"
          /><span>{{ texts.chosen }}</span></label
        >
      </div>
      @if (names(); as chosen) {
        <div class="grid">
          @for (name of offered(); track name) {
            <label class="check">
              <input
                type="checkbox"
                #box
                [checked]="chosen.includes(name)"
                [disabled]="kept().includes(name)"
                (change)="set(name, box.checked)"
              />
              <span class="mono">{{ name }}</span>
            </label>
          }
        </div>
      }
    </fieldset>
  `,
  styles: `
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
      gap: var(--s2);
    }
    span {
      overflow-wrap: anywhere;
    }
  `,
})
export class AttributeChoice {
  readonly label = input.required<string>();
  readonly offered = input.required<readonly string[]>();
  readonly names = model.required<readonly string[] | undefined>();
  /** Names that stay chosen. */
  readonly kept = input<readonly string[]>([]);
  readonly fixed = input(false);
  protected readonly texts = clientTexts;
  protected readonly id = `attributes-${(choices += 1)}`;
  protected readonly chosen = computed(() => new Set(this.names() ?? []));

  protected set(name: string, isOn: boolean): void {
    // In the order of the schema; an empty list would mean all again, so one always stays.
    const next = this.offered().filter((one) => (one === name ? isOn : this.chosen().has(one)));
    if (next.length > 0) this.names.set(next);
    else this.names.set(this.names() && [...(this.names() ?? [])]);
  }
}
