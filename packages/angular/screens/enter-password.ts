import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { ɵfill as fill, ɵFormField as FormField } from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { injectWays } from './journey/ways';
import { ScreenFrame } from './screen-frame';

/** Asks for the password of the name that was typed before. */
@Component({
  selector: 'ph-enter-password',
  imports: [FormField, ScreenFrame],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ph-screen
      [heading]="words.enterPasswordTitle"
      [intro]="intro()"
      [form]="screen.proving"
      [action]="words.signInAction"
      (send)="submit()"
    >
      <!-- Password managers save the password with the name. -->
      <input
        type="text"
        class="ph-unseen"
        autocomplete="username"
        tabindex="-1"
        aria-hidden="true"
        readonly
        [value]="journey.name.cleaned()"
      />
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
      @if (journey.ways().length > 1) {
        <p phWays>
          <button type="button" class="ph-link" (click)="ways.leaveFor('choose-way')">
            {{ words.secondFactorOther }}
          </button>
        </p>
      }
      <p phWays>
        <button type="button" class="ph-link ph-quiet" (click)="ways.leaveFor('sign-in')">
          {{ words.otherName }}
        </button>
      </p>
    </ph-screen>
  `,
})
export class EnterPassword {
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.choice;
  protected readonly words = this.journey.words;
  protected readonly intro = computed(() =>
    fill(this.words.asName, { name: this.journey.name.cleaned() }),
  );

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.prove());
  }
}
