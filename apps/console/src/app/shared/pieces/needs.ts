import { computed, Directive, ElementRef, inject, input, type Signal } from '@angular/core';
import type { OperationName } from '@poolhouse/model';
import { Sessions } from '../../api/session';
import { needsText } from '../manage-texts';

/**
 * Keeps a button from acting when the administrator's role does not allow the operation, and says why:
 * `<button pcNeeds="AdminDeleteUser" (click)="...">`. It stays where it is and can be focused, so that people learn of it.
 */
@Directive({
  selector: 'button[pcNeeds]',
  host: {
    '[attr.aria-disabled]': 'reason() ? "true" : null',
    '[attr.title]': 'reason()',
    '[attr.aria-description]': 'reason()',
  },
})
export class Needs {
  readonly #sessions = inject(Sessions);
  readonly pcNeeds = input.required<OperationName>();
  protected readonly reason = computed(() => {
    const name = this.pcNeeds();
    return this.#sessions.may(name)
      ? null
      : needsText(this.#sessions.session()?.operations[name], this.#sessions.role());
  });

  constructor() {
    const button = inject<ElementRef<HTMLButtonElement>>(ElementRef).nativeElement;
    // Before the button's own listeners.
    const stop = (event: Event) => {
      if (this.reason() === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    button.addEventListener('click', stop, { capture: true });
  }
}

/** Which role the operation needs, in a sentence. To be called where a component is made. */
export function injectNeedsText(operation: OperationName): Signal<string> {
  const sessions = inject(Sessions);
  return computed(() => needsText(sessions.session()?.operations[operation], sessions.role()));
}
