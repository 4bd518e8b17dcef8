import type { OnInit } from '@angular/core';
import { Component, computed, ElementRef, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ApiError } from '../../api/api-error';
import { KitSignIns } from '../../api/kit-sign-ins';
import { Requests } from '../../api/request';
import { Sessions } from '../../api/session';
import { passwordRules, ruleTexts } from '../../shared/checks/administrator-password';
import { PasswordField } from '../../shared/pieces/password-field';
import { Toasts } from '../../shared/dialogs/toasts';
import { shellTexts } from '../texts';
import { setUpProblems } from './set-up-draft';
import { signInTexts } from './texts';

type Field = 'username' | 'email' | 'password';

/** Makes the first account with the link that the server printed, and signs it in. */
@Component({
  selector: 'pc-set-up-page',
  imports: [PasswordField, RouterLink],
  templateUrl: './set-up-page.html',
})
export class SetUpPage implements OnInit {
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #requests = inject(Requests);
  readonly #signIns = inject(KitSignIns);
  readonly #sessions = inject(Sessions);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);

  protected readonly texts = signInTexts;
  protected readonly ruleTexts = ruleTexts;
  protected readonly product = shellTexts.product;
  protected readonly token = signal('');
  protected readonly username = signal('');
  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly left = signal<ReadonlySet<Field>>(new Set());
  protected readonly working = signal(false);
  protected readonly failure = signal('');
  readonly #draft = computed(() => ({
    username: this.username(),
    email: this.email(),
    password: this.password(),
  }));
  protected readonly rules = computed(() => passwordRules(this.#draft()));
  protected readonly problems = computed(() => setUpProblems(this.#draft()));

  ngOnInit(): void {
    this.token.set(new URLSearchParams(location.search).get('token') ?? '');
    // Out of the address, where a history, a screenshot or a log would keep it. It stays in this page only.
    history.replaceState(history.state, '', location.pathname);
  }

  protected leave(field: Field): void {
    this.left.update((left) => new Set([...left, field]));
  }

  /** What to say about a field: not before somebody has left it. */
  protected problem(field: Field): string {
    const problem = this.problems()[field];
    return problem && this.left().has(field) ? this.texts[problem] : '';
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working()) return;
    this.left.set(new Set(['username', 'email', 'password']));
    if (Object.keys(this.problems()).length > 0) {
      setTimeout(() => this.#element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    this.working.set(true);
    this.failure.set('');
    try {
      await this.#create();
      await this.#signIn();
    } catch (error) {
      this.failure.set(error instanceof Error ? error.message : String(error));
    } finally {
      this.working.set(false);
    }
  }

  async #create(): Promise<void> {
    const { username, email, password } = this.#draft();
    await this.#requests.send('set-up', {
      method: 'POST',
      body: { token: this.token(), username: username.trim(), email: email.trim(), password },
    });
  }

  /** The account is there by now: where signing in does not work, the sign-in page goes on. */
  async #signIn(): Promise<void> {
    try {
      const kit = await this.#signIns.open({ again: true });
      await kit.signIn(this.username().trim(), this.password());
      await this.#sessions.begin(await kit.accessToken());
      kit.close();
      await this.#router.navigateByUrl('/');
    } catch (error) {
      if (error instanceof ApiError && error.code === 'Forbidden') throw error;
      this.#toasts.show(signInTexts.done);
      await this.#router.navigateByUrl('/sign-in');
    }
  }
}
