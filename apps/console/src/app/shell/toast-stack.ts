import { afterRenderEffect, Component, type ElementRef, inject, viewChild } from '@angular/core';
import { Toasts, type Toast } from '../shared/dialogs/toasts';
import { shellTexts } from './texts';

const ROOM_PX = 8;

/** Shows the toasts. */
@Component({
  selector: 'pc-toast-stack',
  host: { '(document:focusin)': 'focused($event.target)' },
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

  /** What gets the focus comes out from under the messages, once the browser has brought it into the window. */
  protected focused(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || this.toasts.toasts().length === 0) return;
    requestAnimationFrame(() => {
      const stack = this.stack().nativeElement;
      if (stack.contains(target) || target.closest('dialog')) return;
      const [over, under] = [stack.getBoundingClientRect(), target.getBoundingClientRect()];
      // What is tall is seen all the same.
      if (under.height > innerHeight / 4) return;
      const isAcross = under.right > over.left && under.left < over.right;
      const isCovered = isAcross && under.bottom > over.top && under.top < over.bottom;
      if (isCovered) scrollBy({ top: under.bottom - over.top + ROOM_PX });
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
