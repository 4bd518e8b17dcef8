import { PlatformLocation } from '@angular/common';
import { DestroyRef, inject, InjectionToken } from '@angular/core';
import { POOLHOUSE_CONFIG } from '@poolhouse/angular';
import type { Place } from '../forms/carried';
import { Journey } from '../forms/journey';
import { JourneyMemory } from './journey-memory';

const MEMBER = 'poolhouseStep';
const PLACES: Readonly<Record<Place, true>> = {
  'sign-in': true,
  'sign-up': true,
  confirm: true,
  'reset-password': true,
  'reset-code': true,
  'new-password': true,
  'choose-way': true,
  'enter-password': true,
  'choose-factor': true,
  'enter-code': true,
  'set-up-factor': true,
  'set-up-authenticator': true,
  'set-up-email': true,
  'link-code': true,
};

/** Whether a step was written into the history since the page was loaded. */
const WRITTEN = new InjectionToken<{ yes: boolean }>('WRITTEN', {
  providedIn: 'root',
  factory: () => ({ yes: false }),
});

/**
 * Each step of the journey as an entry of the browser's history, at the same address. `PlatformLocation` and not `Location`, which
 * would tidy that address up. Angular's router sees entries of one address, for which it runs neither guards nor resolvers; its own
 * members of the state are kept.
 */
export class JourneyHistory {
  readonly #journey = inject(Journey);
  readonly #location = inject(PlatformLocation);
  readonly #written = inject(WRITTEN);
  readonly #memory = new JourneyMemory(inject(POOLHOUSE_CONFIG).clientId);
  /** The step that the browser's present entry stands for; null when the next step takes its place. */
  #at: Place | null = null;

  constructor() {
    const leave = this.#location.onPopState(({ state }) => {
      const place = placeOf(state);
      // Entries of the application itself are its own matter, and there is no way back into a sign-in that is done.
      if (place !== null && this.#at !== null) this.#revisit(place);
    });
    inject(DestroyRef).onDestroy(leave);
  }

  /** Goes on where the page was before it was loaded again, or was come back to; otherwise answers false. */
  resume(): boolean {
    const place = placeOf(this.#location.getState());
    if (place === null || this.#isOpenedAnew()) {
      this.#memory.write(null);
      return false;
    }
    const remembered = this.#memory.read();
    if (remembered) this.#journey.recall(remembered);
    this.#journey.revisit(place);
    return true;
  }

  /** The person is at this step. */
  reached(place: Place): void {
    if (place !== this.#at) {
      this.#write(this.#at === null ? 'replaceState' : 'pushState', place);
      this.#at = place;
    }
    this.#memory.write(this.#journey.remembered());
  }

  /** Somebody is signed in: nothing of the way there stays. */
  arrived(): void {
    if (placeOf(this.#location.getState()) !== null) this.#write('replaceState', undefined);
    this.#at = null;
    this.#memory.write(null);
  }

  /** A page that was loaded by its address, as by a link to it, begins at the beginning, though browsers keep the state of an equal address. */
  #isOpenedAnew(): boolean {
    const [loaded] = performance.getEntriesByType('navigation');
    return !this.#written.yes && (loaded as { type?: unknown } | undefined)?.type === 'navigate';
  }

  #revisit(place: Place): void {
    this.#journey.moved = true;
    this.#journey.revisit(place);
    const reached = this.#journey.place();
    this.#at = reached === place ? place : null;
    this.reached(reached);
  }

  #write(how: 'pushState' | 'replaceState', place: Place | undefined): void {
    const { pathname, search, hash } = this.#location;
    const state = { ...(this.#location.getState() as object | null), [MEMBER]: place };
    this.#written.yes = true;
    this.#location[how](state, '', pathname + search + hash);
  }
}

function placeOf(state: unknown): Place | null {
  const place: unknown = (state as Readonly<Record<string, unknown>> | null | undefined)?.[MEMBER];
  return typeof place === 'string' && Object.hasOwn(PLACES, place) ? (place as Place) : null;
}
