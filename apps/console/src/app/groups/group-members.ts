import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { UserType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Busy } from '../shared/dialogs/busy';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { Needs } from '../shared/pieces/needs';
import { PageList } from '../shared/lists/page-list';
import { Pager } from '../shared/lists/pager';
import { segmentOf } from '../shared/checks/path-segment.ts';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { Toasts } from '../shared/dialogs/toasts';
import { TokenPages } from '../shared/lists/token-pages.ts';
import { groupTexts } from './texts';

/** Who is in a group: added by user name, removed with a way back. */
@Component({
  selector: 'pc-group-members',
  imports: [FailurePanel, Needs, Pager, RouterLink, SkeletonRows],
  template: `
    <section class="card" aria-labelledby="members" [attr.aria-busy]="list.isLoading()">
      <div class="part">
        <div class="section-head">
          <h2 id="members">{{ texts.members }}</h2>
          <p>{{ texts.membersLead }}</p>
        </div>
        <form class="field" (submit)="add($event, field)">
          <label for="add-member">{{ texts.addMember }}</label>
          <div class="line">
            <input
              id="add-member"
              dir="auto"
              #field
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              [attr.aria-invalid]="busy.problem() ? true : null"
              aria-describedby="add-member-problem"
            />
            <button class="btn" pcNeeds="AdminAddUserToGroup" [disabled]="busy.now()">
              {{ texts.add }}
            </button>
          </div>
          <span class="problem" id="add-member-problem" aria-live="polite">{{
            busy.problem()
          }}</span>
        </form>
      </div>
      @if (list.error(); as error) {
        <div class="part"><pc-failure-panel [error]="error" (retry)="list.refresh()" /></div>
      } @else if (!list.page()) {
        <pc-skeleton-rows [rows]="4" />
      } @else if (list.items().length === 0) {
        <div class="empty">
          <h3>{{ texts.noMembersHead }}</h3>
          <p>{{ texts.noMembers }}</p>
        </div>
      } @else {
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{{ texts.user }}</th>
              <th scope="col" class="wide">{{ texts.email }}</th>
              <th scope="col">
                <span class="unseen">{{ texts.remove }}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            @for (user of list.items(); track id(user)) {
              <tr>
                <td>
                  <div class="who">
                    <div>
                      <a dir="auto" [routerLink]="['/p', poolId(), 'users', segmentOf(id(user))]">{{
                        title(user)
                      }}</a>
                      <div class="phone-only faint">{{ email(user) }}</div>
                    </div>
                  </div>
                </td>
                <td class="wide">{{ email(user) }}</td>
                <td class="number">
                  <button
                    class="btn small ghost"
                    type="button"
                    pcNeeds="AdminRemoveUserFromGroup"
                    [attr.aria-label]="texts.removeWho(title(user))"
                    (click)="remove(user)"
                  >
                    {{ texts.remove }}
                  </button>
                </td>
              </tr>
            }
          </tbody>
        </table>
        <pc-pager [list]="list" />
      }
    </section>
  `,
  styles: `
    .line {
      display: flex;
      gap: var(--s2);
    }
    .line .btn {
      height: auto;
    }
  `,
})
export class GroupMembers {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly group = input.required<string>();
  protected readonly texts = groupTexts;
  protected readonly segmentOf = segmentOf;
  protected readonly busy = new Busy();
  protected readonly list = new PageList<UserType>(() => {
    const group = { UserPoolId: this.poolId(), GroupName: this.group() };
    return new TokenPages(async (NextToken) => {
      const answer = await this.#api.call('ListUsersInGroup', { ...group, Limit: 25, NextToken });
      return { items: answer.Users ?? [], next: answer.NextToken };
    });
  });

  /** What the user is asked for by: the `sub`, since a name may be another user's by now. */
  protected id(user: UserType): string {
    const sub = user.Attributes?.find(({ Name }) => Name === 'sub')?.Value;
    return sub ?? user.Username ?? '';
  }

  protected email(user: UserType): string {
    return user.Attributes?.find(({ Name }) => Name === 'email')?.Value ?? '';
  }

  /** Where addresses are names, the user name is an id: then the address says more. */
  protected title(user: UserType): string {
    return (this.id(user) === user.Username && this.email(user)) || (user.Username ?? '');
  }

  protected async add(event: Event, field: HTMLInputElement): Promise<void> {
    event.preventDefault();
    const Username = field.value.trim();
    if (Username === '' || !(await this.#call('AdminAddUserToGroup', Username))) return;
    field.value = '';
    this.#toasts.show(this.texts.added(Username), {
      tone: 'good',
      undo: () => this.#call('AdminRemoveUserFromGroup', Username).then(() => undefined),
    });
  }

  protected async remove(user: UserType): Promise<void> {
    const id = this.id(user);
    if (!(await this.#call('AdminRemoveUserFromGroup', id))) return;
    this.#toasts.show(this.texts.removed(this.title(user)), {
      undo: () => this.#call('AdminAddUserToGroup', id).then(() => undefined),
    });
  }

  async #call(
    operation: 'AdminAddUserToGroup' | 'AdminRemoveUserFromGroup',
    Username: string,
  ): Promise<boolean> {
    const input = { UserPoolId: this.poolId(), GroupName: this.group(), Username };
    const worked = await this.busy.run(() => this.#api.call(operation, input));
    if (worked) this.list.refresh();
    return worked;
  }
}
