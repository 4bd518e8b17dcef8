import { InjectionToken, type Signal, signal } from '@angular/core';

/** The `aria-level` of the screens' titles. */
export const HEADING_LEVEL = new InjectionToken<Signal<number>>('HEADING_LEVEL', {
  providedIn: 'root',
  factory: () => signal(1),
});
