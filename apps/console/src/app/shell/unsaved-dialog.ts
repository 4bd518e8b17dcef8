import { Component, inject } from '@angular/core';
import { Modal } from '../shared/dialogs/modal';
import { UnsavedQuestion } from '../shared/dialogs/unsaved';
import { shellTexts } from './texts';

/** Asks before a page is left with changes that are not saved. */
@Component({
  selector: 'pc-unsaved-dialog',
  imports: [Modal],
  template: `
    @if (question.isAsked()) {
      <dialog
        class="dialog"
        pcModal
        aria-labelledby="unsaved-title"
        (dismissed)="question.answer(false)"
      >
        <div class="dialog-body">
          <div>
            <h2 id="unsaved-title">{{ texts.unsaved }}</h2>
            <p class="muted">{{ texts.unsavedHint }}</p>
          </div>
          <div class="dialog-foot">
            <button class="btn" type="button" (click)="question.answer(true)">
              {{ texts.leave }}
            </button>
            <button class="btn primary" type="button" (click)="question.answer(false)">
              {{ texts.stay }}
            </button>
          </div>
        </div>
      </dialog>
    }
  `,
})
export class UnsavedDialog {
  protected readonly question = inject(UnsavedQuestion);
  protected readonly texts = shellTexts;
}
