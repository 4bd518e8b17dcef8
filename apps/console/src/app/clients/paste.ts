import { Component, computed, input, linkedSignal } from '@angular/core';
import { CopyButton } from '../shared/pieces/copy-button';
import { configurationsOf, type ConfigurationFacts } from '../shared/configurations';
import { clientTexts } from './texts';

/** Configuration to paste, one kind of application at a time. */
@Component({
  selector: 'pc-paste',
  imports: [CopyButton],
  template: `
    <section class="card part" aria-labelledby="paste">
      <div class="section-head">
        <h2 id="paste">{{ texts.configuration }}</h2>
        <p>{{ texts.configurationLead }}</p>
      </div>
      <div class="section-head">
        <div class="chips">
          @for (one of all(); track one.title) {
            <button
              class="chip-button"
              type="button"
              [attr.aria-pressed]="one === shown()"
              (click)="chosen.set(one.title)"
            >
              {{ one.title }}
            </button>
          }
        </div>
        @if (shown(); as one) {
          <span class="faint">{{ one.where }}</span>
          <pc-copy-button [text]="one.text" [label]="texts.copyCode(one.title)" />
        }
      </div>
      @if (shown(); as one) {
        <pre class="code-block" tabindex="0" role="region" [attr.aria-label]="one.title">{{
          one.text
        }}</pre>
        @if (one.note) {
          <p class="note muted">{{ one.note }}</p>
        }
      }
    </section>
  `,
})
export class Paste {
  readonly facts = input.required<ConfigurationFacts>();
  protected readonly texts = clientTexts;
  protected readonly all = computed(() => configurationsOf(this.facts()));
  protected readonly chosen = linkedSignal(() => this.all()[0]?.title);
  protected readonly shown = computed(
    () => this.all().find(({ title }) => title === this.chosen()) ?? this.all()[0],
  );
}
