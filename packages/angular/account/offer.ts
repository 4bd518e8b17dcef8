import {
  ChangeDetectionStrategy,
  Component,
  input,
  output,
  ViewEncapsulation,
} from '@angular/core';
import { ɵinjectWords as injectWords } from '@poolhouse/angular/fields';
import type { OfferForm } from './offer-form';

/** What an offer looks like: a sentence, the button that takes it, and one that does not. */
@Component({
  selector: 'ph-offer',
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (offer().isShown()) {
      <section class="ph-offer" [attr.aria-label]="heading()">
        <div class="ph-what">
          <b>{{ heading() }}</b>
          <p>{{ text() }}</p>
        </div>
        <div class="ph-acts">
          <button
            type="button"
            class="ph-button ph-primary"
            [attr.aria-disabled]="offer().form.pending() ? 'true' : null"
            (click)="accept.emit()"
          >
            {{ action() }}
          </button>
          <button type="button" class="ph-button" (click)="offer().decline()">
            {{ words.offerNo }}
          </button>
        </div>
        <div role="alert">
          @if (offer().form.error(); as error) {
            <p class="ph-error">{{ error }}</p>
          }
        </div>
      </section>
    }
    <p role="status" class="ph-said">{{ offer().said() }}</p>
  `,
})
export class Offer {
  readonly offer = input.required<OfferForm>();
  readonly heading = input.required<string>();
  readonly text = input.required<string>();
  /** The button's verb. */
  readonly action = input.required<string>();
  /** The person takes it. */
  readonly accept = output();
  protected readonly words = injectWords();
}
