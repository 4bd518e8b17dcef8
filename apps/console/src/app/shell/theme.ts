import { effect, Injectable, signal } from '@angular/core';

/** The look that somebody chose. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'poolhouse.theme';

/** Light, dark, or what the system prefers; remembered in this browser. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly #choice = signal<ThemeChoice>(stored());
  readonly choice = this.#choice.asReadonly();

  constructor() {
    effect(() => {
      const choice = this.#choice();
      const { dataset } = document.documentElement;
      if (choice === 'system') delete dataset['theme'];
      else dataset['theme'] = choice;
    });
  }

  choose(choice: ThemeChoice): void {
    this.#choice.set(choice);
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  }
}

function stored(): ThemeChoice {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}
