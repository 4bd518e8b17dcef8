import { Component, computed, input, output, signal } from '@angular/core';
import { attributeName } from '../../shared/glossary';
import { pieceTexts } from './texts';

/** Attributes to press: the usual ones at once, the others on demand. */
@Component({
  selector: 'pc-attribute-chips',
  template: `
    <div class="chips" role="group" [attr.aria-label]="label()">
      @for (name of shown(); track name) {
        <button
          class="chip-button"
          type="button"
          [attr.aria-pressed]="set().has(name)"
          (click)="toggle(name)"
        >
          <span aria-hidden="true">{{ set().has(name) ? '✓' : '+' }}</span> {{ word(name) }}
          @if (name.startsWith('custom:')) {
            <span class="faint">custom</span>
          }
        </button>
      }
      @if (shown().length < all().length) {
        <button class="btn ghost small" type="button" (click)="open.set(true)">
          {{ texts.showAll }} {{ all().length }}
        </button>
      }
    </div>
  `,
  styles: `
    .small {
      height: 32px;
    }
  `,
})
export class AttributeChips {
  readonly label = input.required<string>();
  readonly all = input.required<readonly string[]>();
  readonly usual = input<readonly string[]>([]);
  readonly chosen = input.required<readonly string[]>();
  readonly changed = output<readonly string[]>();
  protected readonly texts = pieceTexts;
  protected readonly open = signal(false);
  protected readonly word = attributeName;
  protected readonly set = computed(() => new Set(this.chosen()));
  protected readonly shown = computed(() =>
    this.open() || this.usual().length === 0
      ? this.all()
      : this.all().filter((name) => this.usual().includes(name) || this.set().has(name)),
  );

  protected toggle(name: string): void {
    const set = new Set(this.chosen());
    if (!set.delete(name)) set.add(name);
    this.changed.emit(this.all().filter((one) => set.has(one)));
  }
}
