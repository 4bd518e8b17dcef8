import { Component, inject, resource, signal } from '@angular/core';
import { Sessions, type Role } from '../api/session';
import { Anchored } from '../shared/pieces/anchored';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { roleNames } from '../shared/roles';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { Toasts } from '../shared/dialogs/toasts';
import {
  AdministratorsApi,
  type Administrator,
  type AdministratorAction,
} from './administrators-api';
import { InviteDialog, type MadeLink } from './invite-dialog';
import { LinkDialog } from './link-dialog';
import { RoleDialog } from './role-dialog';
import { actionTexts, administratorTexts } from './texts';

/** A question about one administrator, with what is done when it is answered. */
interface Asked {
  readonly action: AdministratorAction | 'again';
  readonly heading: string;
  readonly verb: string;
  readonly words: string;
  readonly run: () => Promise<void>;
  readonly done: string;
}

/** Who may use the console, and what an owner does about it. */
@Component({
  selector: 'pc-administrators-page',
  imports: [
    Anchored,
    ConfirmDialog,
    FailurePanel,
    InviteDialog,
    LinkDialog,
    RoleDialog,
    SkeletonRows,
  ],
  templateUrl: './administrators-page.html',
  styles: `
    .last {
      width: 1px;
      text-align: right;
    }
    .code-block {
      white-space: pre-wrap;
    }
  `,
})
export class AdministratorsPage {
  readonly #api = inject(AdministratorsApi);
  readonly #toasts = inject(Toasts);
  protected readonly sessions = inject(Sessions);
  protected readonly texts = administratorTexts;
  protected readonly actions = actionTexts;
  protected readonly manage = manageTexts;
  protected readonly roleNames = roleNames;
  protected readonly list = resource({
    // The same while the session is read again: the rows stay, and with them the focus.
    params: () => this.sessions.is('owner') || undefined,
    loader: () => this.#api.list(),
  });
  protected readonly inviting = signal(false);
  protected readonly changing = signal<Administrator | undefined>(undefined);
  protected readonly asking = signal<Asked | undefined>(undefined);
  /** In the page's memory only, and until it is closed. */
  protected readonly made = signal<MadeLink | undefined>(undefined);

  protected isMe({ username }: Administrator): boolean {
    return username === this.sessions.session()?.username;
  }

  protected stateOf({ enabled, status }: Administrator) {
    if (!enabled) return { text: this.texts.disabled, tone: 'bad' };
    if (status === 'CONFIRMED') return { text: this.texts.active, tone: 'good' };
    return { text: this.texts.waiting, tone: 'warn' };
  }

  protected invited(made: MadeLink | undefined): void {
    this.inviting.set(false);
    if (made === undefined) return;
    this.list.reload();
    this.#show(made);
  }

  protected ask(action: Asked['action'], { username }: Administrator): void {
    this.asking.set({ action, ...this.#question(action, username) });
  }

  #question(action: Asked['action'], username: string): Omit<Asked, 'action'> {
    if (action === 'again') {
      const { againHead, again: verb, againWords: words } = this.texts;
      const run = async () => this.#show({ username, link: await this.#api.inviteAgain(username) });
      return { heading: againHead(username), verb, words, run, done: '' };
    }
    const { heading, verb, words, done } = actionTexts[action];
    const run = () => this.#api.run(action, username);
    return { heading: heading(username), verb, words, run, done: done(username) };
  }

  protected done(): void {
    const text = this.asking()?.done;
    this.asking.set(undefined);
    if (text) this.#toasts.show(text, { tone: 'good' });
    this.#reload();
  }

  protected roleChanged(role: Role | undefined): void {
    const username = this.changing()?.username ?? '';
    this.changing.set(undefined);
    if (role === undefined) return;
    this.#toasts.show(this.texts.roleSaved(username, roleNames[role].toLowerCase()), {
      tone: 'good',
    });
    this.#reload();
  }

  /** What was done may have been done to oneself: what the page offers follows. */
  #reload(): void {
    void this.sessions.load().catch(() => undefined);
    this.list.reload();
  }

  /** After the dialog before has given the focus back, to which this one returns it. */
  #show(made: MadeLink): void {
    setTimeout(() => this.made.set(made));
  }
}
