import { NgTemplateOutlet } from '@angular/common';
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
  ɵAuthenticatorKeyView as AuthenticatorKeyView,
  ɵChoices as Choices,
  ɵFormField as FormField,
  ɵfactorWords as factorWords,
} from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { injectWays } from './journey/ways';
import { ScreenFrame } from './screen-frame';

/** Sets up a second factor where the pool requires one: an authenticator application, or an email address for codes. */
@Component({
  selector: 'ph-set-up-factor',
  imports: [AuthenticatorKeyView, Choices, FormField, NgTemplateOutlet, ScreenFrame],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @switch (screen.step()) {
      @case ('choose') {
        <ph-screen
          [heading]="words.setUpTitle"
          [intro]="words.setUpIntro"
          [form]="screen.choosing"
          [action]="words.setUpAction"
          (send)="screen.choose()"
        >
          <ph-choices [legend]="words.setUpTitle" [options]="options()" [(value)]="screen.chosen" />
          <ng-container phWays [ngTemplateOutlet]="back" />
        </ph-screen>
      }
      @case ('authenticator') {
        <ph-screen
          [heading]="words.setUpAppTitle"
          [intro]="words.setUpAppIntro"
          [form]="screen.verifying"
          [action]="words.setUpAppAction"
          readFirst
          (send)="submit()"
        >
          <ph-authenticator-key
            [key]="screen.key()"
            [issuer]="appName()"
            [account]="journey.name.cleaned()"
          />
          <ph-field
            [field]="screen.code"
            [label]="words.code"
            [help]="words.secondFactorAppHelp"
            autocomplete="one-time-code"
          />
          <ng-container phWays [ngTemplateOutlet]="back" />
        </ph-screen>
      }
      @case ('email') {
        <ph-screen
          [heading]="words.setUpEmailTitle"
          [intro]="words.setUpEmailIntro"
          [form]="screen.mailing"
          [action]="words.setUpEmailAction"
          (send)="submitEmail()"
        >
          <ph-field
            [field]="screen.email.field"
            [label]="screen.email.label"
            [type]="screen.email.type"
            [autocomplete]="screen.email.autocomplete"
          />
          <ng-container phWays [ngTemplateOutlet]="back" />
        </ph-screen>
      }
      @case ('elsewhere') {
        <ph-screen
          [heading]="words.setUpPhoneTitle"
          [intro]="words.setUpPhoneIntro"
          [form]="screen.choosing"
          [action]="words.backToSignIn"
          (send)="ways.leaveFor('sign-in')"
        />
      }
    }
    <ng-template #back>
      <p>
        <button type="button" class="ph-link ph-quiet" (click)="ways.leaveFor('sign-in')">
          {{ words.backToSignIn }}
        </button>
      </p>
    </ng-template>
  `,
})
export class SetUpFactor {
  /** The application's name, which authenticator applications show with the code. */
  readonly appName = input('');
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.setUp;
  protected readonly words = this.journey.words;
  protected readonly options = computed(() =>
    this.screen.possible().map((factor) => ({ value: factor, ...factorWords(factor, this.words) })),
  );

  constructor() {
    effect(() => {
      if (this.screen.step() === 'authenticator' && this.screen.key() === null) {
        untracked(() => void this.#start());
      }
    });
  }

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.submit());
  }

  protected async submitEmail(): Promise<void> {
    this.ways.go(await this.screen.submitEmail());
  }

  async #start(): Promise<void> {
    this.ways.go(await this.screen.start());
  }
}
