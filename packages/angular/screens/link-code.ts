import { DOCUMENT } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  output,
  ViewEncapsulation,
} from '@angular/core';
import { ɵcopyText as copyText } from '@poolhouse/angular/fields';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { injectWays } from './journey/ways';
import { ScreenFrame } from './screen-frame';

/** Shows the code from a mail's link in a browser that did not ask for it, to be typed where the sign-in began. */
@Component({
  selector: 'ph-link-code',
  imports: [ScreenFrame],
  providers: [provideJourney()],
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './link-code.css',
  template: `
    <ph-screen
      [heading]="words.linkCodeTitle"
      [intro]="words.linkCodeIntro"
      [form]="screen.form"
      [action]="words.linkCodeAction"
      (send)="copy()"
    >
      <p class="ph-code" role="group" [attr.aria-label]="words.code">
        <span translate="no">{{ halves().join(' ') }}</span>
      </p>
      <p class="ph-intro">{{ words.linkCodeWarning }}</p>
      <p phWays>
        <button type="button" class="ph-link ph-quiet" (click)="ways.leaveFor('sign-in')">
          {{ words.linkCodeHere }}
        </button>
      </p>
    </ph-screen>
  `,
})
export class LinkCode {
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.link;
  protected readonly words = this.journey.words;
  /** People read and type four digits at a time. */
  protected readonly halves = computed(() => this.screen.code()?.match(/.{4}/g) ?? []);
  readonly #page = inject(DOCUMENT);

  protected async copy(): Promise<void> {
    this.screen.copied(await copyText(this.#page, this.screen.code() ?? ''));
  }
}
