import type { OnInit } from '@angular/core';
import { Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { ServerConfigs } from '../../api/server-config';
import { shellTexts } from '../texts';
import { SignInForm, type Invitation } from './sign-in-form';
import { signInTexts } from './texts';

/** Where administrators sign in. */
@Component({
  selector: 'pc-sign-in-page',
  imports: [SignInForm],
  template: `
    <main class="gate water" tabindex="-1">
      <div class="box">
        <span class="brand"><span class="mark"></span>{{ product }}</span>
        <div>
          <h1>{{ texts.title }}</h1>
          <p class="muted">{{ texts.hint }}</p>
        </div>
        @if (configs.config()?.needsSetUp) {
          <div class="notice warn">
            <div>
              <b>{{ texts.needsSetUp }}</b>
              <p>{{ texts.needsSetUpHint }}</p>
            </div>
          </div>
        }
        <pc-sign-in-form [invitation]="invitation" (signedIn)="goOn()" />
      </div>
    </main>
  `,
})
export class SignInPage implements OnInit {
  readonly #router = inject(Router);
  protected readonly configs = inject(ServerConfigs);
  protected readonly texts = signInTexts;
  protected readonly product = shellTexts.product;
  /** The page that asked for the sign-in. */
  readonly to = input<string>();
  protected readonly invitation = takeInvitation();

  ngOnInit(): void {
    // Shown without it all the same: the form asks again.
    this.configs.load({ again: true }).catch(() => undefined);
  }

  protected goOn(): void {
    const to = this.to() ?? '/';
    // Only pages of ours.
    void this.#router.navigateByUrl(/^\/(?![/\\])/.test(to) ? to : '/');
  }
}

/** What an owner's link holds, taken out of the address, where a history or a screenshot would keep it. */
function takeInvitation(): Invitation | undefined {
  const given = new URLSearchParams(location.hash.slice(1));
  const [username, password] = [given.get('username'), given.get('password')];
  if (!username || !password) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return { username, password };
}
