import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  effect,
  inject,
  NgZone,
  output,
} from '@angular/core';
import { ɵinBrowser as inBrowser, POOLHOUSE_CONFIG } from '@poolhouse/angular';
import { ɵfill as fill, ɵFormField as FormField } from '@poolhouse/angular/fields';
import { confirmationAsker, watchConfirmation } from './journey/confirmation-watch';
import type { Next } from './forms/carried';
import { Journey } from './forms/journey';
import { provideJourney } from './journey/journey-provider';
import { ScreenFrame } from './screen-frame';
import { SendAgain } from './send-again';
import { injectWays } from './journey/ways';

/** Confirms a new account: asks for the code, or waits until the person has opened the link in the mail. */
@Component({
  selector: 'ph-confirm',
  imports: [FormField, ScreenFrame, SendAgain],
  providers: [provideJourney()],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ph-screen
      [heading]="byLink() ? words.linkTitle : words.confirmTitle"
      [intro]="intro()"
      [form]="screen.form"
      [action]="byLink() ? words.linkAction : words.confirmAction"
      (send)="submit()"
    >
      @if (screen.asksName()) {
        <ph-field [field]="journey.name" [label]="journey.nameLabel()" autocomplete="username" />
      }
      @if (!byLink()) {
        <ph-field
          [field]="screen.code"
          [label]="words.code"
          [help]="words.codeHelp"
          autocomplete="one-time-code"
        />
      }
      <ph-send-again phWays [form]="screen.again" [send]="resend" />
      <p phWays>
        <button type="button" class="ph-link ph-quiet" (click)="ways.leaveFor('sign-in')">
          {{ words.backToSignIn }}
        </button>
      </p>
    </ph-screen>
  `,
})
export class Confirm {
  /** Where the person goes next. */
  readonly next = output<Next>();

  protected readonly journey = inject(Journey);
  protected readonly ways = injectWays(this.next);
  protected readonly screen = this.journey.confirm;
  protected readonly words = this.journey.words;
  protected readonly byLink = computed(() => this.journey.verification() === 'link');
  protected readonly intro = computed(() => {
    const { linkSent, linkPending, confirmSent, confirmPending } = this.words;
    const sent = this.journey.destination() !== null;
    const [afterSending, otherwise] = this.byLink()
      ? [linkSent, linkPending]
      : [confirmSent, confirmPending];
    return fill(sent ? afterSending : otherwise, { address: this.journey.address() });
  });

  protected readonly resend = async (): Promise<boolean> => {
    this.ways.go(await this.screen.resend());
    return this.screen.isSentAgain();
  };

  constructor() {
    this.screen.begin();
    const ask = confirmationAsker(inject(POOLHOUSE_CONFIG), inBrowser());
    if (ask) this.#watch(ask);
  }

  /** Goes on by itself once the link was opened. No timer of it keeps an application from being stable. */
  #watch(ask: NonNullable<ReturnType<typeof confirmationAsker>>): void {
    const page = inject(DOCUMENT);
    const zone = inject(NgZone);
    const noticed = async () => this.ways.go(await this.screen.noticed());
    effect((stop) => {
      const session = this.byLink() ? this.journey.session() : null;
      if (session === null) return;
      const watch = () =>
        watchConfirmation(
          page,
          () => ask(session),
          () => zone.run(() => void noticed()),
        );
      stop(zone.runOutsideAngular(watch));
    });
  }

  protected async submit(): Promise<void> {
    this.ways.go(await this.screen.submit());
  }
}
