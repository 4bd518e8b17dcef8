import {
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import type { DeliveryMediumType, UserPoolType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Busy } from '../shared/dialogs/busy';
import { CopyButton } from '../shared/pieces/copy-button';
import { attributeName } from '../shared/glossary.ts';
import { manageTexts } from '../shared/manage-texts';
import { Modal } from '../shared/dialogs/modal';
import { sharedTexts } from '../shared/texts';
import { Toasts } from '../shared/dialogs/toasts';
import {
  generatedPassword,
  NewUser,
  policyOf,
  secureRandom,
  type FirstPassword,
} from './model/new-user.ts';
import { PasswordEntry } from './password-entry';
import { firstTexts, problemTexts, userTexts } from './model/texts';
import { shownUser } from '../shared/lists/user-shown.ts';

/** Creates a user: who it is, and how the first sign-in works. A password that was set is shown once at the end. */
@Component({
  selector: 'pc-create-user',
  imports: [CopyButton, Modal, PasswordEntry],
  templateUrl: './create-user.html',
})
export class CreateUser {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly pool = input.required<UserPoolType>();
  /** The user to open, if one was created and is to be. */
  readonly closed = output<string | undefined>();

  protected readonly texts = userTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly firstTexts = firstTexts;
  protected readonly ways: readonly FirstPassword[] = ['invitation', 'temporary', 'permanent'];
  protected readonly draft = linkedSignal<UserPoolType, NewUser>({
    source: this.pool,
    computation: (pool, before) => new NewUser(pool, before?.value.values),
  });
  protected readonly policy = computed(() => policyOf(this.pool()));
  protected readonly names = computed(() => this.texts.addressName(this.draft().addressesAsNames));
  protected readonly busy = new Busy();
  /** Fields that were left, or all after a try: only then they say what is wrong. */
  readonly #left = signal<ReadonlySet<string>>(new Set());
  readonly #tried = signal(false);
  /** The user name of the user once it exists. */
  protected readonly created = signal<string | undefined>(undefined);
  protected readonly isDone = signal(false);

  protected label(name: string): string {
    return attributeName(name);
  }

  protected problem(field: string): string {
    if (!this.#tried() && !this.#left().has(field)) return '';
    const problem = this.draft().problems[field];
    switch (problem) {
      case undefined:
        return '';
      case 'weak':
        return this.texts.weak;
      case 'no-name':
        return this.texts.noName;
      case 'no-address':
        return field === 'mediums' ? this.texts.mediumProblem : this.texts.noAddress(this.names());
      default:
        return problemTexts[problem];
    }
  }

  protected leave(field: string): void {
    this.#left.update((left) => new Set([...left, field]));
  }

  protected setName(username: string): void {
    this.draft.update((draft) => draft.with({ username }));
  }

  protected setAttribute(name: string, value: string): void {
    this.draft.update((draft) =>
      draft.with({ attributes: { ...draft.values.attributes, [name]: value } }),
    );
  }

  protected setFirst(first: FirstPassword): void {
    this.draft.update((draft) => {
      const needsOne = first !== 'invitation' && draft.values.password === '';
      const password = needsOne
        ? generatedPassword(this.policy(), secureRandom)
        : draft.values.password;
      return draft.with({ first, password });
    });
  }

  protected setPassword(password: string): void {
    this.draft.update((draft) => draft.with({ password }));
  }

  protected setVerified(name: string, isVerified: boolean): void {
    this.draft.update((draft) => {
      const others = draft.values.verified.filter((one) => one !== name);
      const own = name === 'email' || name === 'phone_number' ? ([name] as const) : [];
      return draft.with({ verified: isVerified ? [...others, ...own] : others });
    });
  }

  protected sendBy(medium: DeliveryMediumType, isOn: boolean): void {
    this.draft.update((draft) => {
      const others = draft.values.mediums.filter((one) => one !== medium);
      return draft.with({ mediums: isOn ? [...others, medium] : others });
    });
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#tried.set(true);
    const draft = this.draft();
    if (Object.keys(draft.problems).length > 0) {
      setTimeout(() => this.#element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const worked = await this.busy.run(async () => {
      let id = this.created();
      if (id === undefined) {
        const { User } = await this.#api.call('AdminCreateUser', draft.create);
        id = shownUser(User ?? draft.create).id;
        this.created.set(id);
      }
      const password = draft.setPassword(id);
      if (password !== undefined) await this.#api.call('AdminSetUserPassword', password);
    });
    if (!worked) return;
    if (draft.values.first === 'invitation') {
      this.#toasts.show(this.texts.invited(draft.create.Username), { tone: 'good' });
      this.closed.emit(this.created());
    } else {
      this.isDone.set(true);
    }
  }

  protected dismiss(): void {
    if (!this.busy.now()) this.closed.emit(undefined);
  }
}
