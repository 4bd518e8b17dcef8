import { Component, effect, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { Auth, returnUrl } from '@poolhouse/angular';
import { Authenticator } from '@poolhouse/angular/screens';
import { inboxOf, POOL_CONFIG } from '../pool-config';

/** Sign-in, sign-up and everything between, by the kit's ready-made screens. */
@Component({
  selector: 'app-sign-in',
  imports: [Authenticator],
  host: { class: 'water' },
  template: `
    <ph-authenticator
      appName="Starter"
      [initialScreen]="start() === 'sign-up' ? 'sign-up' : 'sign-in'"
    >
      <div phHeader class="brand"><span class="mark"></span>Starter</div>
      @if (inbox) {
        <p phFooter class="inbox">
          Development: <a [href]="inbox" target="_blank">open the inbox</a>
        </p>
      }
    </ph-authenticator>
  `,
  styles: `
    :host {
      display: grid;
      /* The fields stay where they are when something comes below or between them. */
      align-items: start;
      padding: clamp(var(--s5), 9vh, 96px) var(--s4) var(--s7);
    }

    .inbox {
      padding-top: var(--s4);
      border-top: 1px solid var(--line);
      color: var(--ink-2);
      font-size: 13px;
      text-align: center;
    }
  `,
})
export class SignIn {
  /** `?start=sign-up` begins with a new account. */
  readonly start = input<string>();
  /** Where a guard wanted to lead. */
  readonly returnUrl = input<string>();

  protected readonly inbox = inboxOf(inject(POOL_CONFIG));

  constructor() {
    const auth = inject(Auth);
    const router = inject(Router);
    effect(() => {
      if (auth.user()) void router.navigateByUrl(returnUrl(this.returnUrl(), '/profile'));
    });
  }
}
