import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Auth } from '@poolhouse/angular';

/** For people who are signed in and lack the group. */
@Component({
  selector: 'app-not-allowed',
  imports: [RouterLink],
  template: `
    <div class="page">
      <header>
        <h1>This page is for administrators</h1>
        <p class="muted">
          You are signed in as <b>{{ auth.user()?.username }}</b>, and this account is not in the
          group <span class="mono">admin</span>.
        </p>
      </header>
      <p>
        If you should be let in, ask an administrator to add you to the group. Then sign out and in
        again: a session keeps the groups that it began with.
      </p>
      <div class="actions">
        <a class="btn primary" routerLink="/profile">Back to your profile</a>
        <button class="btn" type="button" (click)="auth.signOut()">Sign in as someone else</button>
      </div>
    </div>
  `,
})
export class NotAllowed {
  protected readonly auth = inject(Auth);
}
