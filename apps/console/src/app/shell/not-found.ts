import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { shellTexts } from './texts';

/** For addresses that lead nowhere. */
@Component({
  selector: 'pc-not-found',
  imports: [RouterLink],
  template: `
    <div class="page narrow">
      <div class="head">
        <div>
          <h1>{{ texts.notFound }}</h1>
          <p class="muted">{{ texts.notFoundHint }}</p>
        </div>
      </div>
      <p>
        <a class="btn" routerLink="/">{{ texts.allPools }}</a>
      </p>
    </div>
  `,
})
export class NotFound {
  protected readonly texts = shellTexts;
}
