import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { ɵChoices as Choices, ɵfactorWords as factorWords } from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { injectWays } from './journey/ways';
import { ScreenFrame } from './screen-frame';

/** Asks which of several second factors the person wants to use. */
@Component({
  selector: 'ph-choose-factor',
  imports: [Choices, ScreenFrame],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ph-screen
      [heading]="words.chooseFactorTitle"
      [intro]="words.chooseFactorIntro"
      [form]="screen.choosing"
      [action]="words.chooseFactorAction"
      (send)="submit()"
    >
      <ph-choices
        [legend]="words.chooseFactorTitle"
        [options]="options()"
        [(value)]="screen.chosen"
      />
      <p phWays>
        <button type="button" class="ph-link ph-quiet" (click)="ways.leaveFor('sign-in')">
          {{ words.backToSignIn }}
        </button>
      </p>
    </ph-screen>
  `,
})
export class ChooseFactor {
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.secondFactor;
  protected readonly words = this.journey.words;
  protected readonly options = computed(() =>
    this.journey.factors().map((factor) => ({ value: factor, ...factorWords(factor, this.words) })),
  );

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.choose());
  }
}
