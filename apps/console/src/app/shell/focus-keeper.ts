import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationStart, Router } from '@angular/router';
import { filter } from 'rxjs';

const MOST = 20;

/**
 * Finds a place for the focus when what had it goes away: a button that is gone once its work is done, a row that was removed.
 * Whoever uses the keyboard goes on from where they were before; for a pointer it is the page itself, so that nothing moves.
 * What is switched off while something works gets the focus back.
 */
@Injectable({ providedIn: 'root' })
export class FocusKeeper {
  readonly #router = inject(Router);
  /** What had the focus on this page, the latest last. */
  #had: readonly HTMLElement[] = [];
  #isPointing = false;
  /** Whether what was done last may take the focus away on purpose. */
  #mayLeave = false;

  constructor() {
    const ended = new AbortController();
    const { signal } = ended;
    document.addEventListener('pointerdown', () => (this.#isPointing = this.#mayLeave = true), {
      capture: true,
      signal,
    });
    document.addEventListener('keydown', ({ key }) => this.#pressed(key), {
      capture: true,
      signal,
    });
    document.addEventListener('focusin', ({ target }) => this.#took(target), { signal });
    document.addEventListener(
      'focusout',
      ({ target }) => queueMicrotask(() => this.#left(target)),
      { signal },
    );
    const changes = new MutationObserver(() => this.#look());
    changes.observe(document.body, {
      attributeFilter: ['disabled'],
      childList: true,
      subtree: true,
    });
    inject(DestroyRef).onDestroy(() => {
      ended.abort();
      changes.disconnect();
    });
    // Where the focus goes on the next page is decided there.
    this.#router.events
      .pipe(
        filter((event) => event instanceof NavigationStart),
        filter(({ url }) => pathOf(url) !== pathOf(this.#router.url)),
        takeUntilDestroyed(),
      )
      .subscribe(() => (this.#had = []));
  }

  #pressed(key: string): void {
    this.#isPointing = false;
    this.#mayLeave = key === 'Tab';
  }

  #took(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement)) return;
    this.#had = [...this.#had.filter((one) => one !== target).slice(1 - MOST), target];
  }

  /** Somebody went from what is still there, by a click beside it or off the end of the page: then nothing is lost. */
  #left(target: EventTarget | null): void {
    if (!this.#mayLeave || !isNowhere()) return;
    if (target instanceof HTMLElement && isUsable(target)) this.#had = [];
  }

  #look(): void {
    const last = this.#had.at(-1);
    if (last === undefined || !isNowhere()) return;
    if (isUsable(last)) return last.focus({ preventScroll: true });
    if (last.isConnected && last.matches(':disabled')) return;
    const before = this.#isPointing ? undefined : this.#had.findLast(isUsable);
    if (before !== undefined) return before.focus();
    const place = modal() ?? document.querySelector<HTMLElement>('main');
    place?.setAttribute('tabindex', '-1');
    place?.focus({ preventScroll: true });
  }
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function isUsable(element: HTMLElement): boolean {
  const isReached = modal()?.contains(element) ?? true;
  return (
    element.isConnected && isReached && !element.matches(':disabled') && element.checkVisibility()
  );
}

/** The dialog that keeps everything else out of reach. */
function modal(): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1);
}

function pathOf(url: string): string | undefined {
  return url.split(/[?#]/)[0];
}
