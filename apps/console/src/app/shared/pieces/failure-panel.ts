import { Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { toApiError } from '../../api/api-error';
import { Connection } from '../../api/connection';
import { CopyButton } from './copy-button';
import { sharedTexts } from '../texts';

/** Stands where something could not be shown: what happened, the request to ask about, and trying again. */
@Component({
  selector: 'pc-failure-panel',
  imports: [CopyButton],
  template: `
    <div class="notice bad" role="alert">
      <div>
        <b>{{ heading() ?? texts.failed }}</b>
        <p>{{ isAway() ? texts.loadedLater : shown().message }}</p>
        @if (shown().requestId; as id) {
          <p class="mono">{{ texts.request }} {{ id }} <pc-copy-button [text]="id" /></p>
        }
      </div>
      @if (!isAway()) {
        <button class="btn" type="button" (click)="retry.emit()">{{ texts.retry }}</button>
      }
    </div>
  `,
})
export class FailurePanel {
  readonly #connection = inject(Connection);
  readonly #known = this.#connection.reconnections();
  /** Whatever was thrown. */
  readonly error = input.required<unknown>();
  readonly heading = input<string>();
  readonly retry = output();
  protected readonly texts = sharedTexts;
  protected readonly shown = computed(() => toApiError(this.error()));
  /** The bar above the page says so already, and looks for the server. */
  protected readonly isAway = computed(
    () => this.shown().code === 'Unreachable' && this.#connection.lost(),
  );

  constructor() {
    effect(() => {
      if (this.#connection.reconnections() > this.#known) untracked(() => this.retry.emit());
    });
  }
}
