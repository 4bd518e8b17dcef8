import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { ConsoleApi } from '../api/console-api';
import { KitSignIns } from '../api/kit-sign-ins';
import { Sessions } from '../api/session';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { manageTexts } from '../shared/manage-texts';
import { PasswordField } from '../shared/pieces/password-field';
import { passwordRules, ruleTexts } from '../shared/checks/administrator-password';
import { roleHints, roleNames } from '../shared/roles';
import { Toasts } from '../shared/dialogs/toasts';
import { accountTexts } from './texts';

/** The signed-in administrator's own account: who it is, its password, its sessions. */
@Component({
  selector: 'pc-account-page',
  imports: [ConfirmDialog, PasswordField],
  templateUrl: './account-page.html',
  styles: `
    .code-block {
      white-space: pre-wrap;
    }
  `,
})
export class AccountPage {
  readonly #api = inject(ConsoleApi);
  readonly #signIns = inject(KitSignIns);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  private readonly currentField = viewChild<PasswordField>('current');
  private readonly nextField = viewChild<PasswordField>('next');
  protected readonly sessions = inject(Sessions);
  protected readonly texts = accountTexts;
  protected readonly manage = manageTexts;
  protected readonly roleNames = roleNames;
  protected readonly roleHints = roleHints;
  protected readonly ruleTexts = ruleTexts;
  protected readonly previous = signal('');
  protected readonly proposed = signal('');
  protected readonly working = signal(false);
  protected readonly failure = signal('');
  protected readonly ending = signal(false);
  readonly #tried = signal(false);
  /** The password that was found to be another's. */
  readonly #wrong = signal('');

  protected readonly rules = computed(() => {
    const { username = '', email = '' } = this.sessions.session() ?? {};
    return passwordRules({ username, email, password: this.proposed() });
  });
  readonly #isGood = computed(() => this.rules().every(({ met }) => met));
  protected readonly previousProblem = computed(() => {
    if (this.previous() === '') return this.#tried() ? this.texts.missing : '';
    return this.previous() === this.#wrong() ? this.texts.wrong : '';
  });
  protected readonly proposedProblem = computed(() =>
    this.#tried() && !this.#isGood() ? ruleTexts.unmet : '',
  );

  protected async change(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working()) return;
    this.#tried.set(true);
    if (this.previousProblem()) return this.currentField()?.focus();
    if (this.proposedProblem()) return this.nextField()?.focus();
    this.working.set(true);
    this.failure.set('');
    try {
      await this.#change(this.previous(), this.proposed());
      this.#forget();
      this.#toasts.show(this.texts.changed, { tone: 'good' });
    } catch (error) {
      const { isWrongPassword, signInProblem } = await import('../api/kit-sign-in');
      if (isWrongPassword(error)) {
        this.#wrong.set(this.previous());
        this.currentField()?.focus();
      } else {
        this.failure.set(signInProblem(error));
      }
    } finally {
      this.working.set(false);
    }
  }

  protected readonly endAll = (): Promise<unknown> => this.#api.write('account/sign-out', {});

  protected ended(): void {
    this.ending.set(false);
    this.sessions.giveUp();
    this.#toasts.show(this.texts.ended);
    void this.#router.navigate(['/sign-in']);
  }

  /** Signs in anew, which proves the password and counts wrong ones; of all sessions only that one goes on. */
  async #change(previous: string, proposed: string): Promise<void> {
    const kit = await this.#signIns.open();
    try {
      await kit.signIn(this.sessions.session()?.username ?? '', previous);
      await kit.changePassword(previous, proposed);
      await this.sessions.begin(await kit.accessToken());
    } finally {
      kit.close();
    }
  }

  #forget(): void {
    this.#tried.set(false);
    this.#wrong.set('');
    this.previous.set('');
    this.proposed.set('');
  }
}
