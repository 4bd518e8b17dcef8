import { Component, computed, inject, input, resource } from '@angular/core';
import { ConsoleApi } from '../../api/console-api';
import { glossary } from '../glossary.ts';

/** How SMS leave the server, as its settings decide. */
type SmsWay = 'webhook' | 'sns' | 'inbox' | 'none';

const ways: Readonly<Record<SmsWay, string>> = {
  webhook: 'This server hands SMS to the receiver that its settings name.',
  sns: 'This server sends SMS through Amazon SNS.',
  inbox:
    'Nothing is set up that sends SMS. In development they are shown in the inbox, and reach no phone.',
  none: 'Nothing is set up that sends SMS. They wait until their codes expire, and nobody receives them: whoever depends on one can neither verify their number nor sign in or recover their account with it. Set POOLHOUSE_SMS_URL or POOLHOUSE_SMS_SNS_REGION and restart the server.',
};

/** What becomes of the SMS that a pool sends; a warning where people depend on them and nothing sends any. */
@Component({
  selector: 'pc-sms-way-notice',
  template: `
    @if (way() === 'inbox') {
      <p class="notice">
        <span
          >{{ text() }} <a href="/inbox" target="_blank" rel="noopener">{{ inbox }} ↗</a></span
        >
      </p>
    } @else {
      <p class="notice" [class.warn]="way() === 'none' && isNeeded()">{{ text() }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
    }
  `,
})
export class SmsWayNotice {
  readonly #api = inject(ConsoleApi);
  /** Whether people depend on SMS as things are chosen. */
  readonly isNeeded = input.required<boolean>();
  protected readonly inbox = 'Open the inbox';
  readonly #delivery = resource({
    loader: ({ abortSignal }) =>
      this.#api.read<{ readonly sms: SmsWay }>('delivery', {}, abortSignal),
  });
  protected readonly way = computed(() =>
    this.#delivery.hasValue() ? this.#delivery.value().sms : undefined,
  );
  /** Until it is known, what holds for every server. */
  protected readonly text = computed(() => {
    const way = this.way();
    return way === undefined ? glossary.smsWay : ways[way];
  });
}
