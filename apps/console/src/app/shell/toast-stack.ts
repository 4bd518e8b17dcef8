import { afterRenderEffect, Component, type ElementRef, inject, viewChild } from '@angular/core';
import { Toasts, type Toast } from '../shared/toasts';
import { shellTexts } from './texts';

/** Shows the toasts. */
@Component({
  selector: 'pc-toast-stack',
  template: `
    <div class="toasts" #box role="status" aria-live="polite">
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
    /* The stack keeps to the window along the whole page, not along itself. */
    :host {
      display: contents;
    }
    .bad {
      border-color: var(--bad);
    }
  `,
})
export class ToastStack {
  protected readonly toasts = inject(Toasts);
  protected readonly texts = shellTexts;
  protected readonly stack = viewChild.required<ElementRef<HTMLElement>>('box');
  #roomPx = 0;

  constructor() {
    // Whoever is near the end of a page comes to it: what stands there moves up, out from under the toast.
    afterRenderEffect(() => {
      this.toasts.toasts();
      const stack = this.stack().nativeElement;
      const roomPx = stack.offsetHeight + Number.parseFloat(getComputedStyle(stack).marginBottom);
      const grownPx = roomPx - this.#roomPx;
      this.#roomPx = roomPx;
      const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
      const leftPx = scrollHeight - clientHeight - scrollTop;
      if (grownPx > 0 && leftPx <= 2 * grownPx && scrollTop > 0) scrollBy({ top: leftPx });
    });
  }

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
