import { Component, input, output } from '@angular/core';
import { pieceTexts } from './texts';

/** What a choice says of itself. */
export interface ChoiceText {
  readonly title: string;
  /** What it does, in a sentence. */
  readonly hint: string;
}

/** One of several, or yes and no: what it does, whether it can change later, whether we advise it. */
@Component({
  selector: 'pc-choice',
  template: `
    <label class="opt">
      <input
        [type]="kind()"
        [name]="group()"
        [checked]="chosen()"
        [disabled]="disabled()"
        (change)="changed.emit($any($event.target).checked)"
      />
      <span>
        <b>{{ text().title }}</b>
        <p>{{ text().hint }}</p>
      </span>
      @if (advised()) {
        <span class="chip plain accent">{{ texts.advised }}</span>
      } @else if (tag()) {
        <span class="chip plain">{{ tag() }}</span>
      }
    </label>
  `,
  styles: `
    :host {
      display: grid;
    }
  `,
})
export class Choice {
  readonly text = input.required<ChoiceText>();
  readonly kind = input<'radio' | 'checkbox'>('radio');
  readonly group = input('');
  readonly chosen = input.required<boolean>();
  readonly advised = input(false);
  readonly disabled = input(false);
  readonly tag = input('');
  readonly changed = output<boolean>();
  protected readonly texts = pieceTexts;
}
