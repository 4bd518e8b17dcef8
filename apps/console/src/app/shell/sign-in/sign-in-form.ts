import type { ElementRef, OnDestroy } from '@angular/core';
import {
  afterNextRender,
  Component,
  EnvironmentInjector,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import type { KitSignIn } from '../../api/kit-sign-in';
import { ServerConfigs } from '../../api/server-config';
import { Sessions } from '../../api/session';
import { ApiError } from '../../api/api-error';
import { PasswordField } from './password-field';
import { signInTexts } from './texts';

/** User name and password, proved with the kit for Angular; then the session, and the tokens are forgotten. */
@Component({
  selector: 'pc-sign-in-form',
  imports: [PasswordField],
  templateUrl: './sign-in-form.html',
  styleUrl: './sign-in-form.css',
})
export class SignInForm implements OnDestroy {
  readonly #injector = inject(EnvironmentInjector);
  readonly #sessions = inject(Sessions);
  readonly #configs = inject(ServerConfigs);
  private readonly nameBox = viewChild<ElementRef<HTMLInputElement>>('name');
  private readonly passwordBox = viewChild(PasswordField);
  /** The name to begin with; a fixed one signs in again. */
  readonly known = input<string>();
  readonly signedIn = output();

  protected readonly texts = signInTexts;
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

  ngOnDestroy(): void {
    this.#kit?.close();
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
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
      const { signInProblem } = await import('../../api/kit-sign-in');
      this.failure.set(error instanceof ApiError ? error.message : signInProblem(error));
      this.passwordBox()?.focus();
    } finally {
      this.working.set(false);
    }
  }

  async #prove(): Promise<boolean> {
    const { openKitSignIn } = await import('../../api/kit-sign-in');
    this.#kit ??= openKitSignIn(await this.#configs.load(), this.#injector);
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

  #forget(): void {
    this.#kit?.close();
    this.#kit = undefined;
    this.password.set('');
  }

  #name(): string {
    return this.known() ?? this.username().trim();
  }
}
