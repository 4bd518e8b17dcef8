import { Component, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { UserPoolClientDescription } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { CopyButton } from '../shared/pieces/copy-button';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { Needs } from '../shared/pieces/needs';
import { PageList } from '../shared/lists/page-list';
import { Pager } from '../shared/lists/pager';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { TokenPages } from '../shared/lists/token-pages.ts';
import { CreateClient } from './create-client';
import { clientTexts } from './texts';

/** The app clients of a pool. */
@Component({
  selector: 'pc-client-list',
  imports: [CopyButton, CreateClient, FailurePanel, Needs, Pager, RouterLink, SkeletonRows],
  template: `
    <div class="page">
      <header class="head">
        <div>
          <h1>{{ texts.title }}</h1>
          <p class="muted">{{ texts.lead }}</p>
        </div>
        <div class="actions">
          <button
            class="btn primary"
            type="button"
            pcNeeds="CreateUserPoolClient"
            (click)="creating.set(true)"
          >
            {{ texts.create }}
          </button>
        </div>
      </header>
      <section class="card" [attr.aria-label]="texts.title" [attr.aria-busy]="list.isLoading()">
        @if (list.error(); as error) {
          <div class="part"><pc-failure-panel [error]="error" (retry)="list.refresh()" /></div>
        } @else if (!list.page()) {
          <pc-skeleton-rows [rows]="4" />
        } @else if (list.items().length === 0) {
          <div class="empty">
            <h2>{{ texts.emptyHead }}</h2>
            <p>{{ texts.empty }}</p>
            <button
              class="btn"
              type="button"
              pcNeeds="CreateUserPoolClient"
              (click)="creating.set(true)"
            >
              {{ texts.create }}
            </button>
          </div>
        } @else {
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{{ texts.client }}</th>
                <th scope="col" class="wide">{{ texts.id }}</th>
              </tr>
            </thead>
            <tbody>
              @for (client of list.items(); track client.ClientId) {
                <tr>
                  <td>
                    <div class="who">
                      <div>
                        <a dir="auto" [routerLink]="['/p', poolId(), 'clients', client.ClientId]">{{
                          client.ClientName
                        }}</a>
                        <div class="phone-only mono faint">{{ client.ClientId }}</div>
                      </div>
                    </div>
                  </td>
                  <td class="wide mono">
                    {{ client.ClientId }}
                    <pc-copy-button
                      [text]="client.ClientId ?? ''"
                      [label]="texts.copyId(client.ClientName ?? '')"
                    />
                  </td>
                </tr>
              }
            </tbody>
          </table>
          <pc-pager [list]="list" />
        }
      </section>
    </div>
    @if (creating()) {
      <pc-create-client [poolId]="poolId()" (closed)="made($event)" />
    }
  `,
})
export class ClientList {
  readonly #api = inject(ConsoleApi);
  readonly #router = inject(Router);
  readonly poolId = input.required<string>();
  protected readonly texts = clientTexts;
  protected readonly creating = signal(false);
  protected readonly list = new PageList<UserPoolClientDescription>(() => {
    const UserPoolId = this.poolId();
    return new TokenPages(async (NextToken) => {
      const answer = await this.#api.call('ListUserPoolClients', {
        UserPoolId,
        MaxResults: 25,
        NextToken,
      });
      return { items: answer.UserPoolClients ?? [], next: answer.NextToken };
    });
  });

  protected made(id: string | undefined): void {
    this.creating.set(false);
    if (id !== undefined) void this.#router.navigate(['/p', this.poolId(), 'clients', id]);
  }
}
