import type { OnDestroy } from '@angular/core';
import { Component, effect, inject, input } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';
import { Connection } from '../../api/connection';
import { toApiError } from '../../api/api-error';
import { CurrentPool } from '../../shared/pieces/current-pool';
import { FailurePanel } from '../../shared/pieces/failure-panel';
import { shellTexts } from '../texts';

/** Around the pages of one pool: knows which one, and says when there is none. */
@Component({
  selector: 'pc-pool-frame',
  imports: [FailurePanel, RouterLink, RouterOutlet],
  template: `
    @if (missing()) {
      <div class="page narrow">
        <div>
          <h1>{{ texts.poolMissing }}</h1>
          <p class="muted">{{ texts.poolMissingHint }}</p>
        </div>
        <p>
          <a class="btn" routerLink="/">{{ texts.allPools }}</a>
        </p>
      </div>
    } @else {
      @if (current.error(); as error) {
        <div class="page narrow failed">
          <pc-failure-panel [error]="error" (retry)="current.reload()" />
        </div>
      }
      <router-outlet />
    }
  `,
  styles: `
    .failed {
      padding-bottom: 0;
    }
  `,
})
export class PoolFrame implements OnDestroy {
  readonly poolId = input.required<string>();
  protected readonly current = inject(CurrentPool);
  protected readonly texts = shellTexts;

  constructor() {
    const connection = inject(Connection);
    effect(() => this.current.enter(this.poolId()));
    effect(() => {
      if (connection.reconnections() > 0) this.current.reload();
    });
  }

  ngOnDestroy(): void {
    this.current.enter(undefined);
  }

  protected missing(): boolean {
    const error = this.current.error();
    if (error === undefined) return false;
    return ['ResourceNotFoundException', 'NotFound', 'InvalidParameterException'].includes(
      toApiError(error).code,
    );
  }
}
