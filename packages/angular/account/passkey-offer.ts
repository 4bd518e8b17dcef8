import {
  ChangeDetectionStrategy,
  Component,
  effect,
  inject,
  signal,
  untracked,
  ViewEncapsulation,
} from '@angular/core';
import {
  Auth,
  ɵinBrowser as inBrowser,
  PoolSettings,
  POOLHOUSE_CONFIG,
  POOLHOUSE_TEXTS,
} from '@poolhouse/angular';
import { ɵForm as Form, ɵinjectWords as injectWords } from '@poolhouse/angular/fields';
import { DeclinedOffers } from './declined-offers';
import { OwnPasskeys } from './own-passkeys';

/**
 * Offers to make a passkey, for a page that people see after sign-in. It shows nothing where that makes no sense: nobody is signed in, the
 * person has a passkey or has declined, the device or the pool has none, or the application does not sign in with them.
 */
@Component({
  selector: 'ph-passkey-offer',
  host: { class: 'ph-alone ph-part' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './part.css'],
  template: `
    @if (isShown()) {
      <section class="ph-offer" [attr.aria-label]="words.offerTitle">
        <div class="ph-what">
          <b>{{ words.offerTitle }}</b>
          <p>{{ words.offerText }}</p>
        </div>
        <div class="ph-acts">
          <button
            type="button"
            class="ph-button ph-primary"
            [attr.aria-disabled]="form.pending() ? 'true' : null"
            (click)="add()"
          >
            {{ words.passkeyAdd }}
          </button>
          <button type="button" class="ph-button" (click)="decline()">{{ words.offerNo }}</button>
        </div>
        <div role="alert">
          @if (form.error(); as error) {
            <p class="ph-error">{{ error }}</p>
          }
        </div>
      </section>
    }
    <p role="status" class="ph-said">{{ said() }}</p>
  `,
})
export class PasskeyOffer {
  readonly #auth = inject(Auth);
  readonly #settings = inject(PoolSettings);
  readonly #passkeys = inject(OwnPasskeys);
  readonly #declined = new DeclinedOffers(inject(POOLHOUSE_CONFIG));
  protected readonly words = injectWords();
  protected readonly form = new Form(() => ({}), inject(POOLHOUSE_TEXTS).errors.unknown);
  protected readonly isShown = signal(false);
  protected readonly said = signal('');

  constructor() {
    if (!inBrowser()) return;
    effect(() => {
      const sub = this.#auth.user()?.sub;
      untracked(() => {
        this.isShown.set(false);
        if (sub !== undefined) void this.#look(sub);
      });
    });
  }

  protected async add(): Promise<void> {
    await this.form.run(
      async () => {
        await this.#passkeys.add();
        this.#end(this.words.passkeyIsAdded);
      },
      ({ code }) => (code === 'passkey-exists' ? this.#end('') : null),
    );
  }

  protected decline(): void {
    const sub = this.#auth.user()?.sub;
    if (sub !== undefined) this.#declined.add(sub);
    this.#end('');
  }

  #end(said: string): void {
    this.isShown.set(false);
    this.said.set(said);
  }

  /** Whatever fails here is no reason to bother anybody. */
  async #look(sub: string): Promise<void> {
    try {
      if (this.#declined.has(sub) || !this.#passkeys.canAdd()) return;
      if ((await this.#settings.ready()).signInFlow !== 'choice') return;
      if (!(await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())) return;
      const isFirst = (await this.#passkeys.list()).length === 0;
      if (isFirst && this.#auth.user()?.sub === sub) this.isShown.set(true);
    } catch {
      // Nothing is offered.
    }
  }
}
