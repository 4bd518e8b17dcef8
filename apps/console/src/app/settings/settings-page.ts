import {
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  resource,
  signal,
} from '@angular/core';
import { Router } from '@angular/router';
import { ConsoleApi } from '../api/console-api';
import { regionOf } from '../api/region';
import { Sessions } from '../api/session';
import { Busy } from '../shared/dialogs/busy';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { CopyButton } from '../shared/pieces/copy-button';
import { CurrentPool } from '../shared/pieces/current-pool';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { injectNeedsText, Needs } from '../shared/pieces/needs';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { Toasts } from '../shared/dialogs/toasts';
import type { HoldsChanges } from '../shared/dialogs/unsaved';
import { When } from '../shared/when';
import { CustomAttributes } from './custom-attributes';
import { FixedSettings } from './fixed-settings';
import { IssuerChoice } from './issuer-choice';
import {
  issuerOf,
  SettingsDraft,
  type Recovery,
  type SettingsValues,
  type Tag,
} from './settings-draft.ts';
import { recoveryTexts, settingsProblems, settingsTexts } from './texts';

/** Everything about a pool, section by section, saved as a whole. */
@Component({
  selector: 'pc-settings-page',
  imports: [
    ConfirmDialog,
    CopyButton,
    CustomAttributes,
    FailurePanel,
    FixedSettings,
    IssuerChoice,
    Needs,
    SkeletonRows,
    When,
  ],
  templateUrl: './settings-page.html',
  styles: `
    .checks .check {
      min-height: 24px;
    }
    .checks .check + .check {
      margin-top: 4px;
    }
    .tag {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
      gap: var(--s2);
      align-items: center;
    }
  `,
})
export class SettingsPage implements HoldsChanges {
  readonly #api = inject(ConsoleApi);
  readonly #sessions = inject(Sessions);
  readonly #toasts = inject(Toasts);
  readonly #router = inject(Router);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly poolId = input.required<string>();
  protected readonly current = inject(CurrentPool);
  protected readonly texts = settingsTexts;
  protected readonly manage = manageTexts;
  protected readonly recoveryTexts = recoveryTexts;
  protected readonly issuerOf = issuerOf;
  protected readonly rules = ['lowercase', 'uppercase', 'numbers', 'symbols'] as const;

  readonly #edited = linkedSignal<SettingsDraft | undefined>(() => {
    const pool = this.current.pool();
    return pool && new SettingsDraft(pool);
  });
  protected readonly draft = this.#edited.asReadonly();
  protected readonly recoveries = computed<readonly Recovery[]>(() => {
    const all: readonly Recovery[] = [
      'email',
      'phone',
      'email-then-phone',
      'phone-then-email',
      'admin',
    ];
    // What says nothing can be left, but not gone back to.
    const isUnset = this.current.pool()?.AccountRecoverySetting === undefined;
    return isUnset || this.draft()?.values.recovery === 'unset' ? [...all, 'unset'] : all;
  });
  /** Its second factors, which rule out some ways back in. Where they cannot be read, the server refuses what does not go. */
  readonly #factors = resource({
    params: () => this.poolId(),
    loader: ({ params, abortSignal }) =>
      this.#api.call('GetUserPoolMfaConfig', { UserPoolId: params }, { signal: abortSignal }),
  });
  readonly #problems = computed(() => {
    const draft = this.draft();
    const recovery = this.#factors.hasValue()
      ? draft?.recoveryProblem(this.#factors.value())
      : undefined;
    return { ...draft?.problems, ...(recovery && { recovery }) };
  });
  protected readonly busy = new Busy();
  protected readonly deleting = signal(false);
  #isDeleted = false;
  protected readonly mayEdit = computed(() => this.#sessions.may('UpdateUserPool'));
  protected readonly reason = injectNeedsText('UpdateUserPool');
  protected readonly region = computed(() => regionOf(this.poolId()));
  protected readonly isProtected = computed(
    () => this.current.pool()?.DeletionProtection === 'ACTIVE',
  );

  hasUnsaved(): boolean {
    return !this.#isDeleted && (this.draft()?.isChanged ?? false);
  }

  protected problem(field: keyof SettingsValues): string {
    const problem = this.#problems()[field];
    return problem === undefined ? '' : settingsProblems[problem];
  }

  protected set(values: Partial<SettingsValues>): void {
    this.#edited.update((draft) => draft?.with(values));
  }

  protected setRule(rule: 'lowercase' | 'uppercase' | 'numbers' | 'symbols', isOn: boolean): void {
    this.set({ [rule]: isOn });
  }

  protected setTag(index: number, tag: Partial<Tag>): void {
    this.#edited.update((draft) => draft?.withTag(index, tag));
  }

  protected addTag(): void {
    this.set({ tags: [...(this.draft()?.values.tags ?? []), { key: '', value: '' }] });
    setTimeout(() =>
      [...this.#element.querySelectorAll<HTMLElement>('.tag input:first-child')].at(-1)?.focus(),
    );
  }

  protected removeTag(index: number): void {
    this.set({ tags: (this.draft()?.values.tags ?? []).filter((_, at) => at !== index) });
  }

  protected discard(): void {
    const pool = this.current.pool();
    this.busy.clear();
    this.#edited.set(pool && new SettingsDraft(pool));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const draft = this.draft();
    if (draft === undefined) return;
    if (Object.keys(this.#problems()).length > 0) {
      this.#focusProblem();
      return;
    }
    if (!(await this.busy.run(() => this.#api.call('UpdateUserPool', draft.update)))) return;
    this.#toasts.show(this.manage.saved, { tone: 'good' });
    this.current.reload();
  }

  #focusProblem(): void {
    const first = this.#element.querySelector<HTMLElement>('[aria-invalid="true"], .notice.bad');
    if (first && !first.matches('input')) first.tabIndex = -1;
    first?.focus();
    first?.scrollIntoView({ block: 'center' });
  }

  protected readonly delete = (): Promise<unknown> =>
    this.#api.call('DeleteUserPool', { UserPoolId: this.poolId() });

  protected deleted(): void {
    this.#isDeleted = true;
    this.#toasts.show(this.texts.deleted(this.current.name() ?? this.poolId()), { tone: 'good' });
    void this.#router.navigate(['/']);
  }
}
