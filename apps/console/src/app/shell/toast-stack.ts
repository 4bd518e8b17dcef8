import { Component, inject } from '@angular/core';
import { Toasts, type Toast } from '../shared/toasts';
import { shellTexts } from './texts';

/** Shows the toasts. */
@Component({
  selector: 'pc-toast-stack',
  template: `
    <div class="toasts" role="status" aria-live="polite">
      @for (toast of toasts.toasts(); track toast.id) {
        <div
          class="toast"
          [class]="toast.tone"
          (mouseenter)="toasts.hold(toast.id)"
          (mouseleave)="toasts.release(toast.id)"
          (focusin)="toasts.hold(toast.id)"
          (focusout)="toasts.release(toast.id)"
        >
          <span>{{ toast.text }}</span>
          <div>
            @if (toast.undo) {
              <button class="btn ghost" type="button" (click)="undo(toast)">
                {{ texts.undo }}
              </button>
            }
            <button
              class="btn ghost"
              type="button"
              [attr.aria-label]="texts.dismiss"
              (click)="toasts.dismiss(toast.id)"
            >
              <span aria-hidden="true">×</span>
            </button>
          </div>
        </div>
      }
    </div>
  `,
  styles: `
    .bad {
      border-color: var(--bad);
    }
  `,
})
export class ToastStack {
  protected readonly toasts = inject(Toasts);
  protected readonly texts = shellTexts;

  protected async undo(toast: Toast): Promise<void> {
    this.toasts.dismiss(toast.id);
    try {
      await toast.undo?.();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.toasts.show(text, { tone: 'bad' });
    }
  }
}
