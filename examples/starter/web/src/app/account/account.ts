import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Addresses, Devices, Passkeys, SecondFactors, Sessions } from '@poolhouse/angular/account';

/** How whoever is signed in proves who they are. What the pool does not have is not shown. */
@Component({
  selector: 'app-account',
  imports: [Addresses, Devices, Passkeys, RouterLink, SecondFactors, Sessions],
  template: `
    <div class="page">
      <header>
        <p><a routerLink="/profile">Your profile</a></p>
        <h1>How you sign in</h1>
      </header>
      <section class="card part" aria-labelledby="passkeys" [hidden]="!keys.isOffered()">
        <header>
          <h2 id="passkeys">Passkeys</h2>
          <p class="muted">
            Sign in with your fingerprint, your face, or the lock of your device. A passkey cannot
            be guessed, and works only on this site.
          </p>
        </header>
        <ph-passkeys #keys />
      </section>
      <section class="card part" aria-labelledby="addresses">
        <header>
          <h2 id="addresses">Your addresses</h2>
          <p class="muted">Where codes and messages for you go.</p>
        </header>
        <ph-addresses (changed)="factors.reload()" />
      </section>
      <section class="card part" aria-labelledby="factors">
        <header>
          <h2 id="factors">A code in addition to the password</h2>
          <p class="muted">
            Whoever learns your password still cannot sign in without the code. An authenticator
            application on your phone is the safest way to get one.
          </p>
        </header>
        <ph-second-factors #factors appName="Starter" />
      </section>
      <section class="card part" aria-labelledby="sessions" [hidden]="!sessions.isOffered()">
        <header>
          <h2 id="sessions">Where you are signed in</h2>
          <p class="muted">If you do not know one of these, sign out there.</p>
        </header>
        <ph-sessions #sessions />
      </section>
      <section class="card part" aria-labelledby="devices" [hidden]="!devices.isOffered()">
        <header>
          <h2 id="devices">Your devices</h2>
          <p class="muted">
            Devices that you have signed in on. Forget those that you no longer have.
          </p>
        </header>
        <ph-devices #devices />
      </section>
    </div>
  `,
})
export class Account {}
