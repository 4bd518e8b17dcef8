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
import type { AttributeName, SignUpField } from '@poolhouse/angular';
import { ɵfill as fill, ɵFormField as FormField } from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { ScreenFrame } from './screen-frame';
import { injectWays } from './journey/ways';

/** A new account: what the pool requires, in the order of the configuration. */
@Component({
  selector: 'ph-sign-up',
  imports: [FormField, ScreenFrame],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ph-screen
      [heading]="words.signUpTitle"
      [intro]="intro()"
      [form]="screen.form"
      [action]="words.signUpAction"
      (send)="submit()"
    >
      @if (screen.hasUsername) {
        <ph-field
          [field]="screen.username"
          [label]="words.nameUsername"
          [help]="words.usernameHelp"
          autocomplete="username"
        />
      }
      @for (attribute of screen.attributes(); track attribute.name) {
        <ph-field
          [field]="attribute.field"
          [label]="attribute.label"
          [help]="attribute.help"
          [type]="attribute.type"
          [autocomplete]="attribute.autocomplete"
          [options]="attribute.options"
          [optional]="!attribute.required"
        />
      }
      @if (screen.hasPassword) {
        <ph-field
          type="password"
          [field]="screen.password"
          [label]="words.password"
          [help]="isPasswordOptional() ? words.passwordOptionalHelp : ''"
          [optional]="isPasswordOptional()"
          [rules]="rules()"
          [rulesForManagers]="journey.rulesForManagers()"
          autocomplete="new-password"
        />
      }
      <p phWays>
        {{ words.alreadyRegistered }}
        <button type="button" class="ph-link" (click)="ways.leaveFor('sign-in')">
          {{ words.signInAction }}
        </button>
      </p>
    </ph-screen>
  `,
})
export class SignUp {
  /** The application's name, for the line below the title. */
  readonly appName = input('');
  /** What to ask for, in place of the configuration's `signUp.attributes`. */
  readonly signUpAttributes = input<readonly (AttributeName | SignUpField)[]>();
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.signUp;
  protected readonly words = this.journey.words;
  protected readonly isPasswordOptional = computed(
    () => this.journey.settings().signUpPassword === 'optional',
  );
  protected readonly rules = computed(() =>
    this.isPasswordOptional() && this.screen.password.value() === ''
      ? null
      : this.journey.rulesFor(this.screen.password.value()),
  );

  constructor() {
    effect(() => {
      const asked = this.signUpAttributes() ?? this.journey.settings().signUpAttributes;
      untracked(() => this.screen.ask(asked));
    });
  }

  protected intro(): string {
    return this.appName() && fill(this.words.toContinueTo, { app: this.appName() });
  }

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.submit());
  }
}
