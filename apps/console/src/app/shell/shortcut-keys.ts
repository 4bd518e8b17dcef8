import { effect, Injectable, signal } from '@angular/core';

/** The inbox of development has the same. */
const KEY = 'poolhouse.shortcuts';

/**
 * Whether single keys do something, remembered in this browser: whoever speaks to the computer turns them off. Source: WCAG 2.2,
 * 2.1.4.
 */
@Injectable({ providedIn: 'root' })
export class ShortcutKeys {
  readonly #on = signal(localStorage.getItem(KEY) !== 'off');
  readonly on = this.#on.asReadonly();
  /** Whether the list of shortcuts is open. */
  readonly sheet = signal(false);

  constructor() {
    effect(() => {
      document.documentElement.dataset['keys'] = this.#on() ? 'on' : 'off';
    });
  }

  turn(on: boolean): void {
    this.#on.set(on);
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'off');
  }
}
