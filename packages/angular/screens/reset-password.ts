import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { ɵfill as fill, ɵFormField as FormField } from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { ScreenFrame } from './screen-frame';
import { SendAgain } from './send-again';
import { injectWays } from './journey/ways';

/** A forgotten password: asks where to send a code, then for the code and a new password. */
@Component({
  selector: 'ph-reset-password',
  imports: [FormField, ScreenFrame, SendAgain],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (screen.step() === 'ask') {
      <ph-screen
        [heading]="words.resetTitle"
        [intro]="words.resetIntro"
        [form]="screen.asking"
        [action]="words.resetAction"
        (send)="screen.ask()"
      >
        <ph-field [field]="journey.name" [label]="journey.nameLabel()" autocomplete="username" />
        <p phWays>
          <button type="button" class="ph-link" (click)="screen.haveCode()">
            {{ words.resetHaveCode }}
          </button>
        </p>
        <p phWays>
          <button type="button" class="ph-link ph-quiet" (click)="ways.leaveFor('sign-in')">
            {{ words.backToSignIn }}
          </button>
        </p>
      </ph-screen>
    } @else {
      <ph-screen
        [heading]="words.resetCodeTitle"
        [intro]="intro()"
        [form]="screen.changing"
        [action]="words.resetCodeAction"
        (send)="submit()"
      >
        <input
          class="ph-unseen"
          type="text"
          autocomplete="username"
          readonly
          tabindex="-1"
          aria-hidden="true"
          [value]="journey.name.cleaned()"
        />
        <ph-field
          [field]="screen.code"
          [label]="words.code"
          [help]="words.codeHelp"
          autocomplete="one-time-code"
        />
        <ph-field
          type="password"
          [field]="screen.password"
          [label]="words.newPassword"
          [rules]="rules()"
          [rulesForManagers]="journey.rulesForManagers()"
          autocomplete="new-password"
        />
        <ph-send-again phWays [form]="screen.again" [send]="resend" />
        <p phWays>
          <button type="button" class="ph-link ph-quiet" (click)="screen.otherName()">
            {{ words.resetOtherName }}
          </button>
        </p>
      </ph-screen>
    }
  `,
})
export class ResetPassword {
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.reset;
  protected readonly words = this.journey.words;
  protected readonly rules = computed(() => this.journey.rulesFor(this.screen.password.value()));
  protected readonly intro = computed(() =>
    this.journey.destination()
      ? fill(this.words.resetSent, { address: this.journey.address() })
      : this.words.resetCodeIntro,
  );

  protected readonly resend = () => this.screen.resend();

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.submit());
  }
}
