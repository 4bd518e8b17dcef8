import { Directive, ElementRef, inject, input } from '@angular/core';

/** Puts a `[popover]` menu under the control that opens it: `<div class="menu" popover id="m" [pcAnchored]="button">`. */
@Directive({
  selector: '[popover][pcAnchored]',
  host: {
    '(beforetoggle)': 'place($event)',
    '(toggle)': 'focus($event)',
    '(click)': 'clicked($event)',
  },
})
export class Anchored {
  readonly #menu = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly pcAnchored = input.required<HTMLElement>();
  /** Which side of the control the menu keeps to. */
  readonly align = input<'start' | 'end'>('start');

  protected place(event: ToggleEvent): void {
    if (event.newState !== 'open') return;
    const control = this.pcAnchored().getBoundingClientRect();
    const above = control.bottom > innerHeight * 0.66;
    const atEnd = this.align() === 'end';
    Object.assign(this.#menu.style, {
      position: 'fixed',
      inset: 'auto',
      top: above ? 'auto' : `${control.bottom + 4}px`,
      bottom: above ? `${innerHeight - control.top + 4}px` : 'auto',
      left: atEnd ? 'auto' : `${control.left}px`,
      right: atEnd ? `${document.documentElement.clientWidth - control.right}px` : 'auto',
      minWidth: `${control.width}px`,
    });
  }

  protected focus(event: ToggleEvent): void {
    if (event.newState !== 'open') return;
    this.#menu.querySelector<HTMLElement>('input, a, button')?.focus();
  }

  /** Whoever chose something is done with the menu. */
  protected clicked(event: MouseEvent): void {
    const target = event.target as Element;
    if (target.closest('a, button:not([data-stays])')) this.#menu.hidePopover();
  }
}
