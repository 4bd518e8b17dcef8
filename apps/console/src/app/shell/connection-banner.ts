import {
  Component,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  signal,
  untracked,
} from '@angular/core';
import { Connection } from '../api/connection';
import { Sessions } from '../api/session';
import { Toasts } from '../shared/dialogs/toasts';
import { shellTexts } from './texts';

const RETRY_EVERY_MS = 10_000;

/** Says that the server is gone, and looks for it again, by itself and when asked. */
@Component({
  selector: 'pc-connection-banner',
  template: `
    @if (connection.lost()) {
      <div class="notice warn" role="status">
        <span>{{ texts.lost }}</span>
        <button class="btn" type="button" [disabled]="looking()" (click)="look()">
          {{ texts.retry }}
        </button>
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
      position: sticky;
      z-index: 10;
      top: 0;
    }
    .notice {
      padding: var(--s2) var(--s5);
      border-radius: 0;
    }
    /* In a low window it would take most of it. */
    @media (max-height: 500px) {
      :host {
        position: static;
      }
    }
  `,
  host: { '(window:online)': 'look()' },
})
export class ConnectionBanner {
  readonly #sessions = inject(Sessions);
  readonly #toasts = inject(Toasts);
  protected readonly connection = inject(Connection);
  protected readonly texts = shellTexts;
  protected readonly looking = signal(false);

  constructor() {
    // What sticks to the top of the window, or is as high as it, makes room: `--banner` in styles.css.
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const watch = new ResizeObserver(() =>
      document.documentElement.style.setProperty('--banner', `${host.offsetHeight}px`),
    );
    watch.observe(host);
    inject(DestroyRef).onDestroy(() => watch.disconnect());
    effect((onCleanup) => {
      if (!this.connection.lost()) return;
      const timer = setInterval(() => void this.look(), RETRY_EVERY_MS);
      onCleanup(() => clearInterval(timer));
    });
    effect(() => {
      if (this.connection.reconnections() === 0) return;
      untracked(() => this.#toasts.show(shellTexts.back, { tone: 'good' }));
    });
  }

  protected async look(): Promise<void> {
    if (this.looking()) return;
    this.looking.set(true);
    await this.#sessions.load().catch(() => undefined);
    this.looking.set(false);
  }
}
