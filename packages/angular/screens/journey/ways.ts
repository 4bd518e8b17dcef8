import { DestroyRef, inject, type OutputEmitterRef } from '@angular/core';
import type { Next, Screen } from '../forms/carried';
import { Journey } from '../forms/journey';

/** How a screen leads to others: the journey goes on, and whoever listens to the screen hears of it. */
export interface Ways {
  /** After an answer of the service; null stays. */
  go(next: Next | null): void;
  /** By the person's own wish. */
  leaveFor(screen: Screen): void;
}

/** The ways of the screen whose constructor runs. */
export function injectWays(next: OutputEmitterRef<Next>): Ways {
  const journey = inject(Journey);
  const destroyRef = inject(DestroyRef);
  // An answer may come when the screen is gone already, such as when another tab signed in.
  const tell = (to: Next) => {
    if (!destroyRef.destroyed) next.emit(to);
  };
  return {
    go(to) {
      if (to === null) return;
      journey.go(to);
      tell(to);
    },
    leaveFor(screen) {
      journey.leaveFor(screen);
      tell(screen);
    },
  };
}
