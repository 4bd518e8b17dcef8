import { Component, computed, inject, input, output, resource } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { GroupType } from '@poolhouse/model';
import { Busy } from '../shared/dialogs/busy';
import { Needs } from '../shared/pieces/needs';
import { segmentOf } from '../shared/checks/path-segment.ts';
import { Toasts } from '../shared/dialogs/toasts';
import { rolesOf } from './model/roles-of.ts';
import { userTexts } from './model/texts';
import { UserActions } from './model/user-actions';

/** The groups of a user, and the roles that they give. */
@Component({
  selector: 'pc-user-groups',
  imports: [Needs, RouterLink],
  templateUrl: './user-groups.html',
  styles: `
    li {
      display: flex;
      gap: var(--s2);
      align-items: center;
      justify-content: space-between;
      min-height: 40px;
      border-top: 1px solid var(--line);
    }
    li:first-child {
      border-top: 0;
    }
    li > span {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .line {
      display: flex;
      gap: var(--s2);
    }
    .line select {
      height: 36px;
    }
  `,
})
export class UserGroups {
  readonly #actions = inject(UserActions);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly username = input.required<string>();
  readonly groups = input.required<readonly GroupType[]>();
  readonly changed = output();

  protected readonly segmentOf = segmentOf;
  protected readonly texts = userTexts;
  protected readonly busy = new Busy();
  protected readonly roles = computed(() => rolesOf(this.groups()));
  readonly #all = resource({
    params: () => this.poolId(),
    loader: ({ params }) => this.#actions.groups(params),
  });
  protected readonly others = computed(() => {
    const all = this.#all.hasValue() ? this.#all.value() : undefined;
    const mine = new Set(this.groups().map(({ GroupName }) => GroupName));
    return all?.filter(({ GroupName }) => !mine.has(GroupName));
  });
  protected readonly poolHasGroups = computed(
    () => !this.#all.hasValue() || this.#all.value().length > 0,
  );

  protected async add(event: Event, group: string): Promise<void> {
    event.preventDefault();
    if (group === '') return;
    const [poolId, username] = [this.poolId(), this.username()];
    if (!(await this.busy.run(() => this.#actions.run('add-to-group', poolId, username, group))))
      return;
    this.#toasts.show(this.texts.added(group), {
      undo: async () => {
        await this.#actions.removeFromGroup(poolId, username, group);
        this.changed.emit();
      },
    });
    this.changed.emit();
  }

  protected async remove(group: string): Promise<void> {
    const [poolId, username] = [this.poolId(), this.username()];
    if (!(await this.busy.run(() => this.#actions.removeFromGroup(poolId, username, group))))
      return;
    this.#toasts.show(this.texts.removed(group), {
      undo: async () => {
        await this.#actions.run('add-to-group', poolId, username, group);
        this.changed.emit();
      },
    });
    this.changed.emit();
  }
}
