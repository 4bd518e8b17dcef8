import {
  afterNextRender,
  booleanAttribute,
  ChangeDetectionStrategy,
  Component,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  ViewEncapsulation,
} from '@angular/core';
import {
  ɵAFTER_PRESS as AFTER_PRESS,
  type ɵForm as Form,
  ɵinjectWords as injectWords,
} from '@poolhouse/angular/fields';
import { Journey } from './forms/journey';
import { HEADING_LEVEL } from './heading-level';

let count = 0;

/** What all screens share: title, news, the form with its one button, what went wrong, and ways on. */
@Component({
  selector: 'ph-screen',
  host: {
    class: 'ph-screen',
    '(pointerdown)': 'pressing = true',
    '(document:pointerup)': 'released()',
    '(document:pointercancel)': 'released()',
  },
  providers: [{ provide: AFTER_PRESS, useFactory: () => afterPressOn(inject(ScreenFrame)) }],
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './screen-frame.css'],
  template: `
    <div class="ph-head">
      <div
        class="ph-title"
        role="heading"
        tabindex="-1"
        [attr.aria-level]="headingLevel()"
        [id]="id"
      >
        {{ heading() }}
      </div>
      @if (intro()) {
        <p class="ph-intro" [id]="id + '-intro'">{{ intro() }}</p>
      }
    </div>
    <div role="status" class="ph-news">
      @if (alive() && journey.notice(); as notice) {
        <p class="ph-notice">{{ notice }}</p>
      }
    </div>
    <form
      novalidate
      [attr.aria-labelledby]="id"
      [attr.aria-describedby]="intro() ? id + '-intro' : null"
      (submit)="submitted($event)"
    >
      <ng-content />
      <div role="alert" class="ph-alert">
        @if (form().error(); as error) {
          <p class="ph-error">{{ error }}</p>
        }
      </div>
      <button
        type="submit"
        class="ph-button ph-primary"
        [class.ph-pending]="form().pending()"
        [attr.aria-disabled]="form().pending() ? 'true' : null"
      >
        <span>{{ action() }}</span>
        @if (form().pending()) {
          <i class="ph-spinner" aria-hidden="true"></i>
        }
      </button>
      <span role="status" class="ph-unseen">{{ form().pending() ? words.working : '' }}</span>
    </form>
    <div class="ph-ways"><ng-content select="[phWays]" /></div>
  `,
})
export class ScreenFrame {
  readonly heading = input.required<string>();
  readonly intro = input('');
  readonly form = input.required<Form>();
  /** The button's verb. */
  readonly action = input.required<string>();
  /** There is something to see before the first field, which on a phone the keyboard would cover. */
  readonly readFirst = input(false, { transform: booleanAttribute });
  /** The button or Enter was pressed. */
  readonly send = output();

  protected readonly id = `ph-screen-${++count}`;
  protected readonly journey = inject(Journey);
  protected readonly words = injectWords();
  protected readonly headingLevel = inject(HEADING_LEVEL);
  /** News is put in after the first rendering: what stands in a live region from the start is not read out. */
  protected readonly alive = signal(false);
  protected pressing = false;

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  #waiting: (() => void)[] = [];

  constructor() {
    let before: number | undefined;
    effect(() => {
      const refusals = this.form().refusals();
      if (before !== undefined && refusals > before) this.#focusProblem();
      before = refusals;
    });
    afterNextRender(() => {
      this.alive.set(true);
      if (!this.journey.moved) return;
      this.journey.moved = false;
      this.#host.classList.add('ph-entering');
      this.#focusStart();
    });
  }

  /** See {@link AFTER_PRESS}. */
  afterPress(act: () => void): void {
    if (this.pressing) this.#waiting.push(act);
    else act();
  }

  protected released(): void {
    if (!this.pressing) return;
    this.pressing = false;
    // The click comes after the release, in the same task or the next one.
    setTimeout(() => {
      for (const act of this.#waiting.splice(0)) act();
    });
  }

  protected submitted(event: Event): void {
    event.preventDefault();
    this.#waiting = [];
    this.send.emit();
  }

  #focusProblem(): void {
    afterNextRender(() => this.#host.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), {
      injector: this.#injector,
    });
  }

  /** The first empty field, or the title where there is nothing to fill in. */
  #focusStart(): void {
    const fields = [...this.#host.querySelectorAll<HTMLInputElement>('.ph-field input')];
    const empty = this.readFirst() ? undefined : fields.find(({ value }) => value === '');
    const start = empty ?? this.#host.querySelector('.ph-title');
    (start as HTMLElement | null)?.focus();
  }
}

function afterPressOn(frame: ScreenFrame): (act: () => void) => void {
  return (act) => frame.afterPress(act);
}
