import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { ɵFormField as FormField } from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { injectWays } from './journey/ways';
import { ScreenFrame } from './screen-frame';
import { SendAgain } from './send-again';

/** Asks for the code of a second factor. */
@Component({
  selector: 'ph-enter-code',
  imports: [FormField, ScreenFrame, SendAgain],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ph-screen
      [heading]="words.secondFactorTitle"
      [intro]="screen.intro()"
      [form]="screen.form"
      [action]="words.secondFactorAction"
      (send)="submit()"
    >
      <ph-field
        [field]="screen.code"
        [label]="words.code"
        [help]="help()"
        autocomplete="one-time-code"
      />
      @if (isSent() && journey.knowsFirstFactor) {
        <ph-send-again phWays [form]="screen.again" [send]="resend" />
      }
      @if (journey.isFirstCode() && journey.ways().length > 1) {
        <p phWays>
          <button type="button" class="ph-link" (click)="ways.leaveFor('choose-way')">
            {{ words.secondFactorOther }}
          </button>
        </p>
      } @else if (journey.factors().length > 1 && journey.knowsFirstFactor) {
        <p phWays>
          <button type="button" class="ph-link" (click)="ways.leaveFor('choose-factor')">
            {{ words.secondFactorOther }}
          </button>
        </p>
      }
      <p phWays>
        <button type="button" class="ph-link ph-quiet" (click)="ways.leaveFor('sign-in')">
          {{ words.backToSignIn }}
        </button>
      </p>
    </ph-screen>
  `,
})
export class EnterCode {
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.secondFactor;
  protected readonly words = this.journey.words;
  protected readonly isSent = computed(() => this.journey.factor() !== 'authenticator');

  protected readonly help = computed(() => {
    if (!this.isSent()) return this.words.secondFactorAppHelp;
    return this.journey.isFirstCode() ? this.words.codeLongHelp : this.words.codeHelp;
  });

  protected readonly resend = async (): Promise<boolean> => {
    this.ways.go(await this.screen.resend());
    return this.screen.isSentAgain();
  };

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.submit());
  }
}
