import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SecondFactors } from '@poolhouse/angular/account';

/** How whoever is signed in proves who they are. */
@Component({
  selector: 'app-account',
  imports: [RouterLink, SecondFactors],
  template: `
    <div class="page">
      <header>
        <p><a routerLink="/profile">Your profile</a></p>
        <h1>How you sign in</h1>
      </header>
      <section class="card part" aria-labelledby="factors">
        <header>
          <h2 id="factors">A code in addition to the password</h2>
          <p class="muted">
            Whoever learns your password still cannot sign in without the code. An authenticator
            application on your phone is the safest way to get one.
          </p>
        </header>
        <ph-second-factors appName="Starter" />
      </section>
    </div>
  `,
})
export class Account {}
