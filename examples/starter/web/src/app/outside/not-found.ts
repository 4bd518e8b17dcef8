import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';

/** For addresses that lead nowhere. */
@Component({
  selector: 'app-not-found',
  imports: [RouterLink],
  template: `
    <div class="page">
      <header>
        <h1>There is nothing here</h1>
        <p class="muted">The address may be mistyped, or the page has gone.</p>
      </header>
      <div class="actions"><a class="btn primary" routerLink="/">To the first page</a></div>
    </div>
  `,
})
export class NotFound {}
