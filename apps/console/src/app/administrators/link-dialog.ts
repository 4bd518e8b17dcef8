import { Component, input, output } from '@angular/core';
import { CopyButton } from '../shared/pieces/copy-button';
import { Modal } from '../shared/dialogs/modal';
import { sharedTexts } from '../shared/texts';
import type { MadeLink } from './invite-dialog';
import { administratorTexts } from './texts';

/** Shows a link that was made, this once. A click beside it does not close it: the link would be gone. */
@Component({
  selector: 'pc-link-dialog',
  imports: [CopyButton, Modal],
  template: `
    <dialog class="dialog" pcModal aria-labelledby="link-dialog">
      <div class="dialog-body">
        <div>
          <h2 id="link-dialog">{{ texts.linkFor(made().username) }}</h2>
          <p class="muted">{{ texts.linkLead }}</p>
        </div>
        <p class="link">
          <code class="mono">{{ made().link }}</code>
          <pc-copy-button [text]="made().link" [label]="texts.copyLink" />
        </p>
        <div class="dialog-foot">
          <button class="btn primary" type="button" (click)="closed.emit()">
            {{ shared.close }}
          </button>
        </div>
      </div>
    </dialog>
  `,
  styles: `
    .link {
      display: grid;
      gap: var(--s3);
      justify-items: start;
      overflow-wrap: anywhere;
    }
  `,
})
export class LinkDialog {
  readonly made = input.required<MadeLink>();
  readonly closed = output();
  protected readonly texts = administratorTexts;
  protected readonly shared = sharedTexts;
}
