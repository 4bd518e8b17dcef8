import { ChangeDetectionStrategy, Component, inject, ViewEncapsulation } from '@angular/core';
import { ɵinjectWords as injectWords } from '@poolhouse/angular/fields';
import { Offer } from './offer';
import { injectOffer } from './offer-form';
import { OwnDevices } from './own-devices';

/**
 * Asks whether this browser should be remembered, for a page that people see after sign-in, in pools that leave that to them. It shows
 * nothing to who has answered before.
 */
@Component({
  selector: 'ph-device-offer',
  imports: [Offer],
  host: { class: 'ph-alone ph-part' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './part.css'],
  template: `
    <ph-offer
      [offer]="offer"
      [heading]="words.deviceOfferTitle"
      [text]="words.deviceRememberHelp"
      [action]="words.deviceRemember"
      (accept)="remember()"
    />
  `,
})
export class DeviceOffer {
  readonly #devices = inject(OwnDevices);
  protected readonly words = injectWords();
  protected readonly offer = injectOffer('device', () => this.#devices.undecided());

  protected remember(): Promise<void> {
    const work = async () => {
      const id = await this.#devices.undecided();
      if (id !== null) await this.#devices.remember(id, true);
    };
    return this.offer.accept(work, this.words.deviceIsRemembered);
  }
}
