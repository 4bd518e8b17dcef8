import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  signal,
  ViewEncapsulation,
} from '@angular/core';
import { DOCUMENT } from '@angular/common';
import { authenticatorUri } from './authenticator-uri';
import { copyText } from './copy-text';
import { injectWords } from './inject-words';
import { QrCode } from './qr-code';

/** The key for an authenticator application: as a picture to scan, and as text to type or copy. */
@Component({
  selector: 'ph-authenticator-key',
  imports: [QrCode],
  host: { class: 'ph-authenticator-key' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './authenticator-key-view.css',
  template: `
    <ph-qr-code [text]="uri()" [label]="words.setUpPicture" />
    <div class="ph-key">
      <span>{{ words.setUpKey }}</span>
      <code translate="no">{{ grouped() }}</code>
      <button type="button" class="ph-link" (click)="copy()">{{ words.copyKey }}</button>
      <span role="status">{{ said() }}</span>
    </div>
  `,
})
export class AuthenticatorKeyView {
  /** Null until the pool has made it. */
  readonly key = input.required<string | null>();
  /** The application's name; without one, the site's host. */
  readonly issuer = input('');
  readonly account = input.required<string>();

  protected readonly words = injectWords();
  protected readonly said = signal('');
  /** People read and type four characters at a time. */
  protected readonly grouped = computed(
    () =>
      this.key()
        ?.match(/.{1,4}/g)
        ?.join(' ') ?? '',
  );
  protected readonly uri = computed(() => {
    const key = this.key();
    const issuer = this.issuer() || this.#document.location.hostname;
    return key === null ? null : authenticatorUri({ key, issuer, account: this.account() });
  });
  readonly #document = inject(DOCUMENT);

  protected async copy(): Promise<void> {
    const key = this.key();
    if (key === null) return;
    const isCopied = await copyText(this.#document, key);
    this.said.set(isCopied ? this.words.keyCopied : this.words.keyNotCopied);
  }
}
