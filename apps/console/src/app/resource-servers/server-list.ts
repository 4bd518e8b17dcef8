import { Component, inject, input, signal } from '@angular/core';
import type { ResourceServerType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { Toasts } from '../shared/dialogs/toasts';
import { PageList } from '../shared/lists/page-list';
import { Pager } from '../shared/lists/pager';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { TokenPages } from '../shared/lists/token-pages.ts';
import { manageTexts } from '../shared/manage-texts';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { Needs } from '../shared/pieces/needs';
import { EditServer } from './edit-server';
import { serverTexts } from './texts';

/** The resource servers of a pool, with their scopes. */
@Component({
  selector: 'pc-server-list',
  imports: [ConfirmDialog, EditServer, FailurePanel, Needs, Pager, SkeletonRows],
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
            pcNeeds="CreateResourceServer"
            (click)="editing.set('new')"
          >
            {{ texts.create }}
          </button>
        </div>
      </header>
      <section class="card" [attr.aria-label]="texts.title" [attr.aria-busy]="list.isLoading()">
        @if (list.error(); as error) {
          <div class="part"><pc-failure-panel [error]="error" (retry)="list.refresh()" /></div>
        } @else if (!list.page()) {
          <pc-skeleton-rows />
        } @else if (list.items().length === 0) {
          <div class="empty">
            <h2>{{ texts.emptyHead }}</h2>
            <p>{{ texts.empty }}</p>
            <button
              class="btn"
              type="button"
              pcNeeds="CreateResourceServer"
              (click)="editing.set('new')"
            >
              {{ texts.create }}
            </button>
          </div>
        } @else {
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{{ texts.server }}</th>
                <th scope="col" class="wide">{{ texts.scopes }}</th>
                <th scope="col">{{ manage.actions }}</th>
              </tr>
            </thead>
            <tbody>
              @for (server of list.items(); track server.Identifier) {
                <tr>
                  <td class="named">
                    <b
                      ><bdi>{{ server.Name }}</bdi></b
                    >
                    <div class="faint mono">{{ server.Identifier }}</div>
                    <div class="mono on-phone">{{ scopesOf(server) }}</div>
                  </td>
                  <td class="wide mono scopes">{{ scopesOf(server) || texts.noScopes }}</td>
                  <td>
                    <div class="actions">
                      <button
                        class="btn small"
                        type="button"
                        pcNeeds="UpdateResourceServer"
                        [attr.aria-label]="texts.editWhat(server.Name ?? '')"
                        (click)="editing.set(server)"
                      >
                        {{ texts.edit }}
                      </button>
                      <button
                        class="btn small danger"
                        type="button"
                        pcNeeds="DeleteResourceServer"
                        [attr.aria-label]="texts.deleteWhat(server.Name ?? '')"
                        (click)="deleting.set(server)"
                      >
                        {{ texts.delete }}
                      </button>
                    </div>
                  </td>
                </tr>
              }
            </tbody>
          </table>
          <pc-pager [list]="list" />
        }
      </section>
    </div>
    @if (editing(); as what) {
      <pc-edit-server
        [poolId]="poolId()"
        [server]="what === 'new' ? undefined : what"
        (closed)="edited($event)"
      />
    }
    @if (deleting(); as server) {
      <pc-confirm-dialog
        [heading]="texts.deleteHead(server.Name ?? '')"
        [verb]="texts.deleteVerb"
        [action]="delete"
        (done)="deleted()"
        (cancelled)="deleting.set(undefined)"
      >
        <p>{{ texts.deleteWords }}</p>
      </pc-confirm-dialog>
    }
  `,
  styles: `
    .named,
    .scopes {
      overflow-wrap: anywhere;
    }
    .scopes {
      max-width: 360px;
    }
    .on-phone {
      display: none;
    }
    @media (max-width: 760px) {
      .on-phone {
        display: block;
      }
    }
  `,
})
export class ServerList {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  protected readonly texts = serverTexts;
  protected readonly manage = manageTexts;
  protected readonly editing = signal<ResourceServerType | 'new' | undefined>(undefined);
  protected readonly deleting = signal<ResourceServerType | undefined>(undefined);
  protected readonly list = new PageList<ResourceServerType>(() => {
    const UserPoolId = this.poolId();
    return new TokenPages(async (NextToken) => {
      const input = { UserPoolId, MaxResults: 25, NextToken };
      const answer = await this.#api.call('ListResourceServers', input);
      return { items: answer.ResourceServers, next: answer.NextToken };
    });
  });

  protected scopesOf({ Scopes = [] }: ResourceServerType): string {
    return Scopes.map(({ ScopeName }) => ScopeName).join(', ');
  }

  protected edited(name: string | undefined): void {
    const isNew = this.editing() === 'new';
    this.editing.set(undefined);
    if (name === undefined) return;
    const text = isNew ? this.texts.created(name) : this.manage.saved;
    this.#toasts.show(text, { tone: 'good' });
    this.list.refresh();
  }

  protected readonly delete = (): Promise<unknown> =>
    this.#api.call('DeleteResourceServer', {
      UserPoolId: this.poolId(),
      Identifier: this.deleting()?.Identifier ?? '',
    });

  protected deleted(): void {
    this.#toasts.show(this.texts.deleted(this.deleting()?.Name ?? ''), { tone: 'good' });
    this.deleting.set(undefined);
    this.list.refresh();
  }
}
