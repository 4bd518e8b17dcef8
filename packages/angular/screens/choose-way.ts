import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { ɵChoices as Choices, ɵfill as fill } from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { wayWords } from './forms/choice-form';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { injectWays } from './journey/ways';
import { ScreenFrame } from './screen-frame';

/** Asks in which of several ways the person wants to sign in. */
@Component({
  selector: 'ph-choose-way',
  imports: [Choices, ScreenFrame],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ph-screen
      [heading]="words.chooseWayTitle"
      [intro]="intro()"
      [form]="screen.choosing"
      [action]="words.chooseWayAction"
      (send)="submit()"
    >
      <ph-choices [legend]="words.chooseWayTitle" [options]="options()" [(value)]="screen.chosen" />
      <p phWays>
        <button type="button" class="ph-link ph-quiet" (click)="ways.leaveFor('sign-in')">
          {{ words.otherName }}
        </button>
      </p>
    </ph-screen>
  `,
})
export class ChooseWay {
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.choice;
  protected readonly words = this.journey.words;
  protected readonly intro = computed(() =>
    fill(this.words.asName, { name: this.journey.name.cleaned() }),
  );
  protected readonly options = computed(() =>
    this.journey.ways().map((way) => ({ value: way, ...wayWords(way, this.words) })),
  );

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.choose());
  }
}
