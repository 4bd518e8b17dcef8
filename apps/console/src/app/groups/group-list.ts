import { Component, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { GroupType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { Needs } from '../shared/pieces/needs';
import { PageList } from '../shared/lists/page-list';
import { Pager } from '../shared/lists/pager';
import { segmentOf } from '../shared/checks/path-segment.ts';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { Toasts } from '../shared/dialogs/toasts';
import { TokenPages } from '../shared/lists/token-pages.ts';
import { When } from '../shared/when';
import { CreateGroup } from './create-group';
import { groupTexts } from './texts';

/** The groups of a pool. */
@Component({
  selector: 'pc-group-list',
  imports: [CreateGroup, FailurePanel, Needs, Pager, RouterLink, SkeletonRows, When],
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
            pcNeeds="CreateGroup"
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
          <pc-skeleton-rows />
        } @else if (list.items().length === 0) {
          <div class="empty">
            <h2>{{ texts.emptyHead }}</h2>
            <p>{{ texts.empty }}</p>
            <button class="btn" type="button" pcNeeds="CreateGroup" (click)="creating.set(true)">
              {{ texts.create }}
            </button>
          </div>
        } @else {
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{{ texts.group }}</th>
                <th scope="col" class="number">{{ texts.precedence }}</th>
                <th scope="col" class="wide">{{ texts.roleShort }}</th>
                <th scope="col" class="wide">{{ texts.changed }}</th>
              </tr>
            </thead>
            <tbody>
              @for (group of list.items(); track group.GroupName) {
                <tr>
                  <td>
                    <div class="who">
                      <div>
                        <a
                          dir="auto"
                          [routerLink]="[
                            '/p',
                            poolId(),
                            'groups',
                            segmentOf(group.GroupName ?? ''),
                          ]"
                          >{{ group.GroupName }}</a
                        >
                        <div class="faint">
                          <bdi>{{ group.Description }}</bdi>
                        </div>
                      </div>
                    </div>
                  </td>
                  <td class="number">{{ group.Precedence ?? manage.none }}</td>
                  <td class="wide mono role">{{ group.RoleArn ?? manage.none }}</td>
                  <td class="wide muted"><pc-when [seconds]="group.LastModifiedDate" /></td>
                </tr>
              }
            </tbody>
          </table>
          <pc-pager [list]="list" />
        }
      </section>
    </div>
    @if (creating()) {
      <pc-create-group [poolId]="poolId()" (closed)="made($event)" />
    }
  `,
  styles: `
    .role {
      max-width: 360px;
      overflow-wrap: anywhere;
    }
  `,
})
export class GroupList {
  readonly #api = inject(ConsoleApi);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  protected readonly segmentOf = segmentOf;
  protected readonly texts = groupTexts;
  protected readonly manage = manageTexts;
  protected readonly creating = signal(false);
  protected readonly list = new PageList<GroupType>(() => {
    const UserPoolId = this.poolId();
    return new TokenPages(async (NextToken) => {
      const answer = await this.#api.call('ListGroups', { UserPoolId, Limit: 25, NextToken });
      return { items: answer.Groups ?? [], next: answer.NextToken };
    });
  });

  protected made(name: string | undefined): void {
    this.creating.set(false);
    if (name === undefined) return;
    this.#toasts.show(this.texts.created(name), { tone: 'good' });
    void this.#router.navigate(['/p', this.poolId(), 'groups', segmentOf(name)]);
  }
}
