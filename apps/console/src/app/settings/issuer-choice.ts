import { Component, computed, input, output } from '@angular/core';
import { regionOf } from '../api/region';
import type { Issuer } from './settings-draft.ts';
import { issuerTexts } from './texts';

/** Who the pool's tokens say they are from, with what each choice means for those who check them. */
@Component({
  selector: 'pc-issuer-choice',
  template: `
    <section class="card part" aria-labelledby="issuer">
      <div class="section-head">
        <h2 id="issuer">{{ texts.title }}</h2>
        <p>{{ texts.lead }}</p>
      </div>
      @for (choice of choices(); track choice.issuer) {
        <label class="opt">
          <input
            type="radio"
            name="issuer"
            [disabled]="fixed()"
            [checked]="issuer() === choice.issuer"
            (change)="chosen.emit(choice.issuer)"
          />
          <span
            ><b>{{ choice.title }}</b>
            <p>{{ choice.hint }}</p></span
          >
        </label>
      }
      @if (issuer() !== saved()) {
        <p class="notice warn" role="status">{{ texts.change }}</p>
      }
    </section>
  `,
})
export class IssuerChoice {
  readonly poolId = input.required<string>();
  readonly issuer = input.required<Issuer>();
  readonly saved = input.required<Issuer>();
  readonly fixed = input.required<boolean>();
  readonly chosen = output<Issuer>();
  protected readonly texts = issuerTexts;
  protected readonly choices = computed(() => [
    { issuer: 'own' as const, title: issuerTexts.own, hint: issuerTexts.ownHint },
    {
      issuer: 'aws' as const,
      title: issuerTexts.aws(regionOf(this.poolId())),
      hint: issuerTexts.awsHint,
    },
  ]);
}
