import {
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { AdminGetUserResponse, GroupType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { toApiError } from '../api/api-error';
import { Anchored } from '../shared/pieces/anchored';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { CopyButton } from '../shared/pieces/copy-button';
import { CurrentPool } from '../shared/pieces/current-pool';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { Needs } from '../shared/pieces/needs';
import { nameOf } from '../shared/checks/path-segment.ts';
import { titledBy } from '../shared/pieces/record-title';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { Toasts } from '../shared/dialogs/toasts';
import type { HoldsChanges } from '../shared/dialogs/unsaved';
import { When } from '../shared/when';
import { LastSignIn } from './last-sign-in';
import { SetPasswordDialog } from './set-password-dialog';
import { actionTexts, stateMeanings, stateNames, userTexts } from './model/texts';
import { operationOf, UserActions, type UserAction } from './model/user-actions';
import { UserAttributes } from './user-attributes';
import { UserDevices } from './user-devices';
import { UserGroups } from './user-groups';
import { UserPasskeys } from './user-passkeys';
import { UserSessions } from './user-sessions';
import { UserSignIn } from './user-sign-in';
import { UserLists } from './model/user-lists';
import { shownUser, stateTones } from '../shared/lists/user-shown.ts';

interface LoadedUser {
  readonly user: AdminGetUserResponse;
  readonly groups: readonly GroupType[];
}

/** One user: what is known, how it gets in, its groups, and what can be done with it. */
@Component({
  selector: 'pc-user-page',
  imports: [
    Anchored,
    ConfirmDialog,
    CopyButton,
    FailurePanel,
    LastSignIn,
    Needs,
    RouterLink,
    SetPasswordDialog,
    SkeletonRows,
    UserAttributes,
    UserDevices,
    UserGroups,
    UserPasskeys,
    UserSessions,
    UserSignIn,
    When,
  ],
  templateUrl: './user-page.html',
  styleUrl: './user-page.css',
})
export class UserPage implements HoldsChanges {
  readonly #api = inject(ConsoleApi);
  readonly #actions = inject(UserActions);
  readonly #lists = inject(UserLists);
  readonly #toasts = inject(Toasts);
  readonly #router = inject(Router);
  readonly poolId = input.required<string>();
  /** How the user is asked for: the `sub`, or a name that somebody typed into the address. */
  readonly name = input.required({ transform: nameOf });

  protected readonly current = inject(CurrentPool);
  protected readonly texts = userTexts;
  protected readonly manage = manageTexts;
  protected readonly actions = actionTexts;
  protected readonly operationOf = operationOf;
  protected readonly stateNames = stateNames;
  protected readonly meanings = stateMeanings;
  protected readonly tones = stateTones;

  protected readonly loaded = resource({
    params: () => ({ UserPoolId: this.poolId(), Username: this.name() }),
    loader: async ({ params }): Promise<LoadedUser> => {
      const [user, groups] = await Promise.all([
        this.#api.call('AdminGetUser', params),
        this.#actions.groupsOf(params.UserPoolId, params.Username),
      ]);
      return { user, groups };
    },
  });
  /** Stays while the user is read again. */
  readonly #found = linkedSignal<{ value?: LoadedUser; name: string }, LoadedUser | undefined>({
    source: () => ({
      value: this.loaded.hasValue() ? this.loaded.value() : undefined,
      name: this.name(),
    }),
    computation: ({ value, name }, before) =>
      value ?? (before?.source.name === name ? before.value : undefined),
  });
  protected readonly user = computed(() => this.#found()?.user);
  protected readonly groups = computed(() => this.#found()?.groups ?? []);
  protected readonly shown = computed(() => {
    const user = this.user();
    return user && shownUser({ ...user, Attributes: user.UserAttributes });
  });
  /** What the API does not tell; read once it is known who it is. */
  protected readonly lastSignIn = resource({
    params: () => this.shown()?.sub,
    loader: ({ params }) => this.#lists.lastSignInOf(this.poolId(), params),
  });
  protected readonly isGone = computed(() => {
    const error = this.loaded.error();
    return error !== undefined && toApiError(error).code === 'UserNotFoundException';
  });
  protected readonly asking = signal<UserAction | undefined>(undefined);
  protected readonly settingPassword = signal(false);
  /** What is offered in the menu depends on the status. */
  protected readonly offered = computed<readonly UserAction[]>(() => {
    const user = this.user();
    const byStatus: readonly UserAction[] =
      user?.UserStatus === 'UNCONFIRMED'
        ? ['confirm']
        : user?.UserStatus === 'FORCE_CHANGE_PASSWORD'
          ? ['resend']
          : ['reset'];
    return [...byStatus, 'sign-out', user?.Enabled === false ? 'enable' : 'disable'];
  });
  protected readonly act = computed(() => {
    const action = this.asking();
    return () => this.#actions.run(action ?? 'enable', this.poolId(), this.name());
  });

  protected readonly attributes = viewChild(UserAttributes);

  constructor() {
    titledBy(() => this.shown()?.title);
  }

  hasUnsaved(): boolean {
    return this.attributes()?.hasUnsaved() ?? false;
  }

  protected async choose(action: UserAction): Promise<void> {
    // What can be taken back is done at once.
    if (action === 'disable') await this.#toggle('disable', 'enable');
    else if (action === 'enable') await this.#toggle('enable', 'disable');
    else this.asking.set(action);
  }

  protected done(): void {
    const action = this.asking();
    this.asking.set(undefined);
    if (action === undefined) return;
    this.#toasts.show(actionTexts[action].done, { tone: 'good' });
    if (action === 'delete') {
      this.current.reload();
      void this.#router.navigate(['/p', this.poolId(), 'users']);
    } else {
      this.loaded.reload();
    }
  }

  protected passwordClosed(isSet: boolean): void {
    this.settingPassword.set(false);
    if (isSet) this.loaded.reload();
  }

  async #toggle(action: 'enable' | 'disable', back: 'enable' | 'disable'): Promise<void> {
    const [poolId, name] = [this.poolId(), this.name()];
    try {
      await this.#actions.run(action, poolId, name);
    } catch (error) {
      this.#toasts.show(toApiError(error).message, { tone: 'bad' });
      return;
    }
    this.loaded.reload();
    this.#toasts.show(actionTexts[action].done, {
      undo: async () => {
        await this.#actions.run(back, poolId, name);
        this.loaded.reload();
      },
    });
  }
}
