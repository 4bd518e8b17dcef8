import { Component, computed, input, output } from '@angular/core';
import { toApiError } from '../api/api-error';
import { CopyButton } from './copy-button';
import { sharedTexts } from './texts';

/** Stands where something could not be shown: what happened, the request to ask about, and trying again. */
@Component({
  selector: 'pc-failure-panel',
  imports: [CopyButton],
  template: `
    <div class="notice bad" role="alert">
      <div>
        <b>{{ heading() ?? texts.failed }}</b>
        <p>{{ shown().message }}</p>
        @if (shown().requestId; as id) {
          <p class="mono">{{ texts.request }} {{ id }} <pc-copy-button [text]="id" /></p>
        }
      </div>
      <button class="btn" type="button" (click)="retry.emit()">{{ texts.retry }}</button>
    </div>
  `,
})
export class FailurePanel {
  /** Whatever was thrown. */
  readonly error = input.required<unknown>();
  readonly heading = input<string>();
  readonly retry = output();
  protected readonly texts = sharedTexts;
  protected readonly shown = computed(() => toApiError(this.error()));
}
