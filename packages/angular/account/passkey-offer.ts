import { ChangeDetectionStrategy, Component, inject, ViewEncapsulation } from '@angular/core';
import { Auth, PoolSettings } from '@poolhouse/angular';
import { ɵinjectWords as injectWords } from '@poolhouse/angular/fields';
import { Offer } from './offer';
import { injectOffer } from './offer-form';
import { OwnPasskeys } from './own-passkeys';

/**
 * Offers to make a passkey, for a page that people see after sign-in. It shows nothing where that makes no sense: nobody is signed in, the
 * person has a passkey or has declined, the device or the pool has none, or the application does not sign in with them.
 */
@Component({
  selector: 'ph-passkey-offer',
  imports: [Offer],
  host: { class: 'ph-alone ph-part' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './part.css'],
  template: `
    <ph-offer
      [offer]="offer"
      [heading]="words.offerTitle"
      [text]="words.offerText"
      [action]="words.passkeyAdd"
      (accept)="add()"
    />
  `,
})
export class PasskeyOffer {
  readonly #auth = inject(Auth);
  readonly #settings = inject(PoolSettings);
  readonly #passkeys = inject(OwnPasskeys);
  protected readonly words = injectWords();
  protected readonly offer = injectOffer('passkey', () => this.#look());

  protected add(): Promise<void> {
    const work = () => this.#passkeys.add();
    return this.offer.accept(work, this.words.passkeyIsAdded, 'passkey-exists');
  }

  async #look(): Promise<string | null> {
    const sub = this.#auth.user()?.sub;
    if (sub === undefined || !this.#passkeys.canAdd()) return null;
    if ((await this.#settings.ready()).signInFlow !== 'choice') return null;
    if (!(await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())) return null;
    return (await this.#passkeys.list()).length === 0 ? sub : null;
  }
}
