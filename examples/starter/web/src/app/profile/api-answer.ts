import { JsonPipe } from '@angular/common';
import { httpResource } from '@angular/common/http';
import { Component, computed } from '@angular/core';
import { injectFailureReader } from '@poolhouse/angular';

/** What `GET /api/me` answers. */
interface Me {
  readonly sub: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly clientId: string;
  readonly expiresAt: string;
}

/** Calls the protected API, and shows what it knows from the token alone. */
@Component({
  selector: 'app-api-answer',
  imports: [JsonPipe],
  template: `
    <header>
      <h2>What the API knows</h2>
      <p class="muted">
        <span class="mono">GET /api/me</span> answers from the access token that came with the
        request.
      </p>
    </header>
    @if (me.hasValue()) {
      <pre class="mono">{{ me.value() | json }}</pre>
    } @else if (problem()) {
      <p class="notice bad" role="alert">{{ problem() }}</p>
    } @else {
      <div class="lines" role="status" aria-label="Loading">
        @for (width of ['30%', '85%', '60%', '45%', '70%']; track $index) {
          <span class="skeleton" [style.width]="width"></span>
        }
      </div>
    }
    <div class="actions">
      <button class="btn" type="button" [disabled]="me.isLoading()" (click)="me.reload()">
        Call it again
      </button>
    </div>
  `,
  styles: `
    pre {
      margin: 0;
      padding: var(--s3);
      overflow-x: auto;
      border: 1px solid var(--line);
      border-radius: var(--r-m);
      background: var(--sunk);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .lines {
      display: grid;
      gap: var(--s3);
      padding: var(--s3);
    }
  `,
})
export class ApiAnswer {
  readonly #failure = injectFailureReader();
  protected readonly me = httpResource<Me>(() => '/api/me');
  protected readonly problem = computed(() => {
    const error = this.me.error();
    return error === undefined ? '' : this.#failure(error).text;
  });
}
