import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  input,
  NgZone,
  signal,
} from '@angular/core';
import {
  ɵfill as fill,
  type ɵForm as Form,
  ɵinjectWords as injectWords,
} from '@poolhouse/angular/fields';

/** Mails take a while: whoever presses again and again only spends what the pool grants an hour. */
const PAUSE_MS = 30_000;

/** "Nothing there?": asks for the message once more, then counts down until it may be asked for again. */
@Component({
  selector: 'ph-send-again',
  host: { class: 'ph-send-again' },
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>
      {{ words.nothingThere }}
      <button
        type="button"
        class="ph-link"
        [attr.aria-disabled]="form().pending() || secondsLeft() > 0 ? 'true' : null"
        (click)="press()"
      >
        {{ label() }}
      </button>
    </p>
    <div role="alert">
      @if (form().error(); as error) {
        <p class="ph-error">{{ error }}</p>
      }
    </div>
  `,
})
export class SendAgain {
  readonly form = input.required<Form>();
  /** Asks for it; answers whether it was sent. */
  readonly send = input.required<() => Promise<boolean>>();

  protected readonly words = injectWords();
  protected readonly secondsLeft = signal(0);
  protected readonly label = computed(() => {
    const seconds = this.secondsLeft();
    return seconds > 0 ? fill(this.words.sendAgainIn, { seconds }) : this.words.sendAgain;
  });

  readonly #zone = inject(NgZone);
  readonly #destroyRef = inject(DestroyRef);
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.#destroyRef.onDestroy(() => clearInterval(this.#timer));
  }

  protected async press(): Promise<void> {
    if (this.secondsLeft() > 0) return;
    const sent = await this.send()();
    if (sent && !this.#destroyRef.destroyed) this.#pause();
  }

  #pause(): void {
    const endsAtMs = Date.now() + PAUSE_MS;
    const count = () => {
      const leftMs = Math.max(0, endsAtMs - Date.now());
      this.secondsLeft.set(Math.ceil(leftMs / 1000));
      if (leftMs === 0) clearInterval(this.#timer);
    };
    clearInterval(this.#timer);
    this.#timer = this.#zone.runOutsideAngular(() => setInterval(count, 1000));
    count();
  }
}
