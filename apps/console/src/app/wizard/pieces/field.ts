import { Component, computed, input, output } from '@angular/core';

let count = 0;

/** A text or a number with its label, help, and what is wrong with it. */
@Component({
  selector: 'pc-field',
  template: `
    <div class="field">
      <label [attr.for]="id">{{ label() }}</label>
      @if (lines()) {
        <textarea
          [id]="id"
          dir="auto"
          [rows]="lines()"
          [value]="value()"
          [attr.aria-invalid]="problem() !== ''"
          [attr.aria-describedby]="described()"
          (input)="changed.emit($any($event.target).value)"
          (blur)="left.emit()"
        ></textarea>
      } @else {
        <div class="line">
          <input
            [id]="id"
            dir="auto"
            [type]="type()"
            [value]="value()"
            [attr.list]="list() || null"
            [attr.placeholder]="placeholder() || null"
            [class.mono]="mono()"
            [class.short]="type() === 'number'"
            autocomplete="off"
            spellcheck="false"
            [attr.aria-invalid]="problem() !== ''"
            [attr.aria-describedby]="described()"
            (input)="changed.emit($any($event.target).value)"
            (blur)="left.emit()"
          />
          @if (unit()) {
            <span class="muted">{{ unit() }}</span>
          }
        </div>
      }
      @if (problem()) {
        <p class="problem" [id]="id + '-help'">{{ problem() }}</p>
      } @else if (hint()) {
        <p class="hint" [id]="id + '-help'">{{ hint() }}</p>
      }
    </div>
  `,
  styles: `
    .line {
      display: flex;
      gap: var(--s2);
      align-items: center;
    }
    .field input.short {
      width: 112px;
      flex: none;
    }
  `,
})
export class Field {
  readonly label = input.required<string>();
  readonly value = input.required<string | number>();
  readonly hint = input('');
  readonly problem = input('');
  readonly type = input<'text' | 'number' | 'email'>('text');
  readonly unit = input('');
  readonly placeholder = input('');
  readonly list = input('');
  readonly mono = input(false);
  /** More than none makes it a box of so many lines. */
  readonly lines = input(0);
  readonly changed = output<string>();
  readonly left = output();
  protected readonly id = `field-${++count}`;
  protected readonly described = computed(() =>
    this.problem() || this.hint() ? `${this.id}-help` : null,
  );
}
