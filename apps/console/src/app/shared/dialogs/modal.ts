import type { OnDestroy } from '@angular/core';
import { afterNextRender, Directive, ElementRef, inject, output } from '@angular/core';

/**
 * Opens its `<dialog>` as soon as it is there, so that a dialog is shown by `@if`:
 * `<dialog class="dialog" pcModal aria-labelledby="..." (dismissed)="open.set(false)">`.
 * Focus goes in, stays in, and returns to where it was.
 */
@Directive({
  selector: 'dialog[pcModal]',
  host: { '(cancel)': 'cancel($event)', '(click)': 'clicked($event)' },
})
export class Modal implements OnDestroy {
  readonly #element = inject<ElementRef<HTMLDialogElement>>(ElementRef).nativeElement;
  /** Esc, or a click beside the dialog. */
  readonly dismissed = output();

  constructor() {
    const before = document.activeElement;
    const observer = { before: before instanceof HTMLElement ? before : undefined };
    afterNextRender(() => {
      if (!this.#element.open) this.#element.showModal();
    });
    this.#return = () => observer.before?.isConnected && observer.before.focus();
  }

  readonly #return: () => void;

  ngOnDestroy(): void {
    this.#element.close();
    this.#return();
  }

  protected cancel(event: Event): void {
    event.preventDefault();
    this.dismissed.emit();
  }

  /** The dialog itself is clicked only at its backdrop: its padding is none. */
  protected clicked(event: MouseEvent): void {
    if (event.target === this.#element) this.dismissed.emit();
  }
}
