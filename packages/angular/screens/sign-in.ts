import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
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
      [form]="screen.form"
      [action]="words.signInAction"
      (send)="submit()"
    >
      <ph-field
        [field]="journey.name"
        [label]="journey.nameLabel()"
        [type]="nameType()"
        autocomplete="username"
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
  protected readonly nameType = computed(() => {
    const names = this.journey.settings().signInNames.join();
    return names === 'email' ? 'email' : names === 'phone_number' ? 'tel' : 'text';
  });

  protected intro(): string {
    return this.appName() && fill(this.words.toContinueTo, { app: this.appName() });
  }

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.submit());
  }
}
