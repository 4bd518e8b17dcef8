import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  ViewEncapsulation,
} from '@angular/core';
import {
  Auth,
  type FactorState,
  ɵinBrowser as inBrowser,
  POOLHOUSE_TEXTS,
  type SecondFactor,
} from '@poolhouse/angular';
import {
  ɵAuthenticatorKeyView as AuthenticatorKeyView,
  ɵfill as fill,
  ɵFormField as FormField,
  ɵwordsOf as wordsOf,
} from '@poolhouse/angular/fields';
import { type FactorRow, OwnFactorsForm } from './own-factors-form';

let count = 0;

/** Where a signed-in person turns second factors on and off, sets an authenticator application up, and says which is asked for first. */
@Component({
  selector: 'ph-second-factors',
  imports: [AuthenticatorKeyView, FormField],
  host: { class: 'ph-alone ph-part' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './part.css'],
  template: `
    @if (screen.factors() === null) {
      @if (screen.form.error(); as error) {
        <p class="ph-error" role="alert">{{ error }}</p>
        <button type="button" class="ph-button" (click)="screen.load()">
          {{ words.tryAgain }}
        </button>
      } @else {
        <p role="status" class="ph-loading">{{ words.loading }}</p>
      }
    }
    <ul>
      @for (row of rows(); track row.factor) {
        <li tabindex="-1" [attr.data-factor]="row.factor" [attr.aria-labelledby]="id + row.factor">
          <div class="ph-what">
            <b [id]="id + row.factor">{{ row.label }}</b>
            <span class="ph-state" [class.ph-on]="row.isOn">
              {{ row.isOn ? words.factorOn : words.factorOff }}
            </span>
            @if (row.isFirst) {
              <span class="ph-state">{{ words.factorFirst }}</span>
            }
            <p>{{ row.help }}</p>
          </div>
          <div class="ph-acts">
            @for (act of actsOf(row); track act.key) {
              <button
                type="button"
                class="ph-button"
                [attr.aria-label]="named(act.words, row)"
                [attr.aria-disabled]="screen.form.pending() ? 'true' : null"
                (click)="act.run()"
              >
                {{ act.words }}
              </button>
            }
          </div>
          @if (row.factor === 'authenticator' && screen.isSettingUp()) {
            <form novalidate (submit)="finish($event)">
              <p>{{ words.setUpAppIntro }}</p>
              @if (row.isOn) {
                <p>{{ words.factorReplaceIntro }}</p>
              }
              <ph-authenticator-key
                [key]="screen.key()"
                [issuer]="appName()"
                [account]="account()"
              />
              <ph-field
                [field]="screen.code"
                [label]="words.code"
                [help]="words.secondFactorAppHelp"
                autocomplete="one-time-code"
              />
              <div role="alert">
                @if (screen.verifying.error(); as error) {
                  <p class="ph-error">{{ error }}</p>
                }
              </div>
              <div class="ph-acts">
                <button
                  type="submit"
                  class="ph-button ph-primary"
                  [attr.aria-disabled]="screen.verifying.pending() ? 'true' : null"
                >
                  {{ row.isOn ? words.factorReplace : words.factorTurnOn }}
                </button>
                <button type="button" class="ph-button" (click)="cancel()">
                  {{ words.factorCancel }}
                </button>
              </div>
            </form>
          }
          <div role="alert">
            @if (screen.at() === row.factor && screen.form.error(); as error) {
              <p class="ph-error">{{ error }}</p>
            }
          </div>
        </li>
      }
    </ul>
    <p role="status" class="ph-said">{{ screen.said() }}</p>
  `,
})
export class SecondFactors {
  /** The application's name, which authenticator applications show with the code; without it, the site's host. */
  readonly appName = input('');
  /** The factors that the pool offers, which it does not tell applications. */
  readonly offered = input<readonly SecondFactor[]>(['authenticator', 'email', 'sms']);

  protected readonly auth = inject(Auth);
  protected readonly screen = new OwnFactorsForm(this.auth, inject(POOLHOUSE_TEXTS));
  protected readonly words = wordsOf(inject(POOLHOUSE_TEXTS));
  protected readonly id = `ph-factors-${++count}-`;
  /** One that is on can be turned off, whatever is offered now. */
  protected readonly rows = computed(() =>
    this.screen.rows().filter(({ factor, isOn }) => isOn || this.offered().includes(factor)),
  );
  protected readonly account = computed(() => {
    const user = this.auth.user();
    return user?.email ?? user?.username ?? '';
  });
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);

  constructor() {
    if (inBrowser()) void this.screen.load();
  }

  /** Reads the factors again, such as after an address has changed. */
  reload(): Promise<void> {
    return this.screen.load();
  }

  /** What can be done with a factor now. */
  protected actsOf(row: FactorRow) {
    const { words, screen } = this;
    const set = (state: FactorState) => () => void this.#set(row, state);
    const isApp = row.factor === 'authenticator';
    const isOpen = isApp && screen.isSettingUp();
    const order = row.isFirst
      ? { key: 'order', words: words.factorAskNone, run: set('on') }
      : { key: 'order', words: words.factorAskFirst, run: set('preferred') };
    const begin = {
      key: 'begin',
      words: row.isOn ? words.factorReplace : words.factorSetUp,
      run: () => void screen.start(),
    };
    return [
      ...(row.hasOrder ? [order] : []),
      ...(isApp && !isOpen ? [begin] : []),
      ...(row.isOn ? [{ key: 'switch', words: words.factorTurnOff, run: set('off') }] : []),
      ...(row.isOn || isApp ? [] : [{ key: 'switch', words: words.factorTurnOn, run: set('on') }]),
    ];
  }

  protected named(action: string, { label: factor }: FactorRow): string {
    return fill(this.words.factorButton, { action, factor });
  }

  protected async finish(event: Event): Promise<void> {
    event.preventDefault();
    const isDone = await this.screen.finish();
    if (isDone) this.#keepFocus('authenticator');
    else this.#focusProblem();
  }

  protected cancel(): void {
    this.screen.cancel();
    this.#keepFocus('authenticator');
  }

  async #set(row: FactorRow, state: FactorState): Promise<void> {
    await this.screen.set(row, state);
    this.#keepFocus(row.factor);
  }

  /** The button that had the focus may be gone: the keyboard goes on from the same factor. */
  #keepFocus(factor: SecondFactor): void {
    afterNextRender(
      () => {
        if (this.#host.contains(this.#host.ownerDocument.activeElement)) return;
        this.#host.querySelector<HTMLElement>(`[data-factor=${factor}]`)?.focus();
      },
      { injector: this.#injector },
    );
  }

  #focusProblem(): void {
    afterNextRender(() => this.#host.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(), {
      injector: this.#injector,
    });
  }
}
