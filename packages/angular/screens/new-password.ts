import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { ɵFormField as FormField } from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { ScreenFrame } from './screen-frame';
import { injectWays } from './journey/ways';

/** The password that replaces a temporary one, and the attributes that the pool still misses. */
@Component({
  selector: 'ph-new-password',
  imports: [FormField, ScreenFrame],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ph-screen
      [heading]="words.newPasswordTitle"
      [intro]="words.newPasswordIntro"
      [form]="screen.form"
      [action]="words.newPasswordAction"
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
      @for (attribute of screen.attributes(); track attribute.name) {
        <ph-field
          [field]="attribute.field"
          [label]="attribute.label"
          [help]="attribute.help"
          [type]="attribute.type"
          [autocomplete]="attribute.autocomplete"
          [options]="attribute.options"
        />
      }
      <ph-field
        type="password"
        [field]="screen.password"
        [label]="words.newPassword"
        [rules]="rules()"
        [rulesForManagers]="journey.rulesForManagers()"
        autocomplete="new-password"
      />
      <p phWays>
        <button type="button" class="ph-link ph-quiet" (click)="ways.leaveFor('sign-in')">
          {{ words.backToSignIn }}
        </button>
      </p>
    </ph-screen>
  `,
})
export class NewPassword {
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.newPassword;
  protected readonly words = this.journey.words;
  protected readonly rules = computed(() => this.journey.rulesFor(this.screen.password.value()));

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.submit());
  }
}
