import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  untracked,
} from '@angular/core';
import {
  AuthError,
  ɵinBrowser as inBrowser,
  ɵPasskeyName as PasskeyName,
  POOLHOUSE_CONFIG,
} from '@poolhouse/angular';
import { ɵfill as fill, ɵFormField as FormField } from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { ScreenFrame } from './screen-frame';
import { injectWays } from './journey/ways';

/** Name and password, with the ways to a new account and to a new password. */
@Component({
  selector: 'ph-sign-in',
  imports: [FormField, ScreenFrame],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ph-screen
      [heading]="words.signInTitle"
      [intro]="intro()"
      [form]="isChoice() ? journey.choice.naming : screen.form"
      [action]="isChoice() ? words.signInNext : words.signInAction"
      (send)="submit()"
    >
      <ph-field
        [field]="journey.name"
        [label]="journey.nameLabel()"
        [type]="nameType()"
        [autocomplete]="isChoice() ? 'username webauthn' : 'username'"
      />
      @if (!isChoice()) {
        <ph-field
          class="ph-with-aside"
          type="password"
          [field]="screen.password"
          [label]="words.password"
          autocomplete="current-password"
        >
          <button type="button" class="ph-link ph-aside" (click)="ways.leaveFor('reset-password')">
            {{ words.forgotten }}
          </button>
        </ph-field>
      }
      @if (journey.settings().signUpOpen) {
        <p phWays>
          {{ words.newHere }}
          <button type="button" class="ph-link" (click)="ways.leaveFor('sign-up')">
            {{ words.createAccount }}
          </button>
        </p>
      }
    </ph-screen>
  `,
})
export class SignIn {
  /** The application's name, for the line below the title. */
  readonly appName = input('');
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.signIn;
  protected readonly words = this.journey.words;
  protected readonly isChoice = computed(() => this.journey.settings().signInFlow === 'choice');
  protected readonly nameType = computed(() => {
    const names = this.journey.settings().signInNames.join();
    return names === 'email' ? 'email' : names === 'phone_number' ? 'tel' : 'text';
  });

  readonly #passkeyName = new PasskeyName(inject(POOLHOUSE_CONFIG));
  #offer: AbortController | undefined;

  constructor() {
    const canOffer = inBrowser();
    effect((stop) => {
      const username = this.isChoice() && canOffer ? this.#passkeyName.read() : null;
      if (username === null) return;
      const offer = new AbortController();
      stop(() => offer.abort());
      untracked(() => void this.#offerPasskey(username, offer));
    });
  }

  protected intro(): string {
    return this.appName() && fill(this.words.toContinueTo, { app: this.appName() });
  }

  protected async submit(): Promise<void> {
    this.#offer?.abort();
    const isChoice = this.isChoice();
    this.ways.go(
      await (isChoice ? this.journey.choice.begin(this.#passkeyName.read()) : this.screen.submit()),
    );
  }

  /** Offers the passkey of whoever was here last, until it is taken or something else is done. */
  async #offerPasskey(username: string, offer: AbortController): Promise<void> {
    this.#offer = offer;
    try {
      const result = await this.journey.auth.offerPasskey(username, offer.signal);
      if (result) this.ways.go(this.journey.choice.offered(username, result));
    } catch (error) {
      // It was taken, and the pool refuses it.
      if (error instanceof AuthError) this.journey.choice.naming.error.set(error.message);
    }
  }
}
