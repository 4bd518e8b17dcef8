import type { ElementRef, OnDestroy, OnInit } from '@angular/core';
import {
  afterNextRender,
  Component,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import type { KitSignIn } from '../../api/kit-sign-in';
import { KitSignIns } from '../../api/kit-sign-ins';
import { Sessions } from '../../api/session';
import { ApiError } from '../../api/api-error';
import { ruleTexts } from '../../shared/checks/administrator-password';
import { PasswordField } from '../../shared/pieces/password-field';
import { signInTexts } from './texts';

/** A name and its temporary password, out of a link that an owner handed on. */
export interface Invitation {
  readonly username: string;
  readonly password: string;
}

/** User name and password, proved with the kit for Angular; then the session, and the tokens are forgotten. */
@Component({
  selector: 'pc-sign-in-form',
  imports: [PasswordField],
  templateUrl: './sign-in-form.html',
  styleUrl: './sign-in-form.css',
})
export class SignInForm implements OnInit, OnDestroy {
  readonly #sessions = inject(Sessions);
  readonly #signIns = inject(KitSignIns);
  private readonly nameBox = viewChild<ElementRef<HTMLInputElement>>('name');
  private readonly passwordBox = viewChild(PasswordField);
  /** The name to begin with; a fixed one signs in again. */
  readonly known = input<string>();
  /** What an owner's link brings along: it signs in at once. */
  readonly invitation = input<Invitation>();
  readonly signedIn = output();

  protected readonly texts = signInTexts;
  protected readonly rules = ruleTexts;
  protected readonly step = signal<'password' | 'new-password'>('password');
  protected readonly working = signal(false);
  protected readonly failure = signal('');
  protected readonly tried = signal(false);
  protected readonly username = signal('');
  protected readonly password = signal('');
  #kit: KitSignIn | undefined;

  constructor() {
    // After the dialog around it has opened, which would take the hidden name for the first field.
    afterNextRender(() => {
      if (this.known() !== undefined) this.passwordBox()?.focus();
    });
  }

  ngOnInit(): void {
    const invitation = this.invitation();
    if (invitation === undefined) return;
    this.username.set(invitation.username);
    this.password.set(invitation.password);
    void this.#submit();
  }

  ngOnDestroy(): void {
    this.#kit?.close();
  }

  protected submit(event: Event): Promise<void> {
    event.preventDefault();
    return this.#submit();
  }

  async #submit(): Promise<void> {
    if (this.working()) return;
    this.tried.set(true);
    if (!this.#name()) return this.nameBox()?.nativeElement.focus();
    if (!this.password()) return this.passwordBox()?.focus();
    this.working.set(true);
    this.failure.set('');
    try {
      if (await this.#prove()) {
        this.#forget();
        this.signedIn.emit();
      }
    } catch (error) {
      const { isWrongPassword, signInProblem } = await import('../../api/kit-sign-in');
      if (isWrongPassword(error) && this.#isInvited()) {
        this.failure.set(this.texts.badInvitation);
        this.password.set('');
        this.tried.set(false);
      } else {
        this.failure.set(error instanceof ApiError ? error.message : signInProblem(error));
      }
      this.passwordBox()?.focus();
    } finally {
      this.working.set(false);
    }
  }

  async #prove(): Promise<boolean> {
    this.#kit ??= await this.#signIns.open();
    if (this.step() === 'new-password') {
      await this.#kit.setNewPassword(this.password());
    } else if ((await this.#kit.signIn(this.#name(), this.password())) === 'new-password') {
      this.password.set('');
      this.tried.set(false);
      this.step.set('new-password');
      setTimeout(() => this.passwordBox()?.focus());
      return false;
    }
    await this.#sessions.begin(await this.#kit.accessToken());
    return true;
  }

  /** Whether what was sent is what the link brought along. */
  #isInvited(): boolean {
    return this.step() === 'password' && this.password() === this.invitation()?.password;
  }

  #forget(): void {
    this.#kit?.close();
    this.#kit = undefined;
    this.password.set('');
  }

  #name(): string {
    return this.known() ?? this.username().trim();
  }
}
