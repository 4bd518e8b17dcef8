import {
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  resource,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import type { UserPoolMfaType } from '@poolhouse/model';
import { ApiError, toApiError } from '../api/api-error';
import { Sessions } from '../api/session';
import { Busy } from '../shared/dialogs/busy';
import { Toasts } from '../shared/dialogs/toasts';
import type { HoldsChanges } from '../shared/dialogs/unsaved';
import { factorChoices, mfaLevels, onlySmsText } from '../shared/factor-texts.ts';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { manageTexts } from '../shared/manage-texts';
import { CurrentPool } from '../shared/pieces/current-pool';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { injectNeedsText } from '../shared/pieces/needs';
import { SmsWayNotice } from '../shared/pieces/sms-way-notice';
import { isSameState, SignInDraft, type SignInChange } from './sign-in-draft.ts';
import type { SignInProblems } from './sign-in-problems.ts';
import { SignInStates } from './sign-in-state';
import {
  FIRST_FACTORS,
  type FirstFactor,
  type Remembering,
  type SignInState,
  type SignInValues,
} from './sign-in-values.ts';
import { firstChoices, partNames, rememberChoices, signInProblems, signInTexts } from './texts';

/** All that decides how people sign in to a pool, saved as a whole. */
@Component({
  selector: 'pc-pool-sign-in-page',
  imports: [FailurePanel, RouterLink, SkeletonRows, SmsWayNotice],
  templateUrl: './pool-sign-in-page.html',
})
export class PoolSignInPage implements HoldsChanges {
  readonly #states = inject(SignInStates);
  readonly #sessions = inject(Sessions);
  readonly #toasts = inject(Toasts);
  readonly #pool = inject(CurrentPool);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly poolId = input.required<string>();

  protected readonly texts = signInTexts;
  protected readonly manage = manageTexts;
  protected readonly firstChoices = firstChoices;
  protected readonly levelTexts = mfaLevels;
  protected readonly factorTexts = factorChoices;
  protected readonly rememberTexts = rememberChoices;
  protected readonly onlySms = onlySmsText;
  protected readonly firstFactors = FIRST_FACTORS;
  protected readonly levels: readonly UserPoolMfaType[] = ['OFF', 'OPTIONAL', 'ON'];
  protected readonly factors = ['app', 'sms', 'email'] as const;
  protected readonly rememberings: readonly Remembering[] = ['no', 'asks', 'always'];

  protected readonly loaded = resource({
    params: () => this.poolId(),
    loader: ({ params, abortSignal }) => this.#states.read(params, abortSignal),
  });
  readonly #edited = linkedSignal<SignInDraft | undefined>(() =>
    this.loaded.hasValue() ? new SignInDraft(this.loaded.value()) : undefined,
  );
  protected readonly draft = this.#edited.asReadonly();
  protected readonly busy = new Busy();
  /** Whether what this page has sent last may have changed the pool without an answer. */
  #isUnsure = false;
  protected readonly mayEdit = computed(() => this.#sessions.may('SetUserPoolMfaConfig'));
  protected readonly reason = injectNeedsText('SetUserPoolMfaConfig');
  protected readonly sendsSms = computed(() => {
    const values = this.draft()?.values;
    if (values === undefined) return false;
    return values.first.includes('SMS_OTP') || (values.mfa !== 'OFF' && values.sms);
  });
  protected readonly isSmsAlone = computed(() => {
    const { mfa, app, sms, email } = this.draft()?.values ?? {};
    return mfa === 'ON' && sms === true && app === false && email === false;
  });
  protected readonly hasPasskeys = computed(() => {
    const values = this.draft()?.values;
    return values !== undefined && (values.first.includes('WEB_AUTHN') || values.passkeyIsBoth);
  });
  /** Whether this server can remember devices; the setting alone would do nothing. */
  protected readonly remembersDevices = computed(
    () => this.#sessions.session()?.operations.AdminListDevices !== undefined,
  );
  protected readonly needsSettings = computed(() => {
    const { first, second, recovery } = this.draft()?.problems ?? {};
    return first === 'sms-first' || second === 'sms-second' || recovery !== undefined;
  });

  hasUnsaved(): boolean {
    return this.draft()?.isChanged ?? false;
  }

  protected problem(part: keyof SignInProblems): string {
    const problem = this.draft()?.problems[part];
    return problem === undefined ? '' : signInProblems[problem];
  }

  protected set(values: Partial<SignInValues>): void {
    this.#edited.update((draft) => draft?.with(values));
  }

  protected setFirst(factor: FirstFactor, isOn: boolean): void {
    const before = this.draft()?.values.first ?? [];
    this.set({
      first: FIRST_FACTORS.filter((one) => (one === factor ? isOn : before.includes(one))),
    });
  }

  protected setFactor(factor: 'app' | 'sms' | 'email', isOn: boolean): void {
    this.set({ [factor]: isOn });
  }

  protected discard(): void {
    this.busy.clear();
    this.#edited.update((draft) => draft && new SignInDraft(draft.state));
    this.loaded.reload();
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const draft = this.draft();
    if (draft === undefined || !draft.isChanged) return;
    if (Object.keys(draft.problems).length > 0) return this.#focusProblem();
    if (!(await this.busy.run(() => this.#write(draft)))) return;
    this.#toasts.show(this.manage.saved, { tone: 'good' });
  }

  /** Saves one part after the other. Where one fails, what was saved is told, and the rest of the edits stays. */
  async #write(draft: SignInDraft): Promise<void> {
    const now = await this.#states.read(this.poolId());
    if (!this.#isUnsure && !isSameState(now, draft.state)) {
      throw new ApiError('Changed', signInTexts.changedMeanwhile);
    }
    const saved: SignInChange['part'][] = [];
    try {
      for (const change of draft.upon(now).changes) {
        await this.#states.write(change);
        saved.push(change.part);
      }
      await this.#readAgain((state) => new SignInDraft(state));
    } catch (error) {
      await this.#readAgain((state) => draft.upon(state));
      if (saved.length === 0) throw error;
      const words = saved.map((part) => partNames[part]).join(', ');
      throw new ApiError('SavedInPart', signInTexts.savedInPart(words, toApiError(error).message));
    }
  }

  /** Also after a failure: what was asked for may have been done without an answer. */
  async #readAgain(make: (state: SignInState) => SignInDraft): Promise<void> {
    const state = await this.#states.read(this.poolId()).catch(() => undefined);
    this.#isUnsure = state === undefined;
    if (state) this.#edited.set(make(state));
    this.#pool.reload();
  }

  #focusProblem(): void {
    const first = this.#element.querySelector<HTMLElement>('[aria-invalid="true"], .notice.bad');
    if (first && !first.matches('input')) first.tabIndex = -1;
    first?.focus();
    first?.scrollIntoView({ block: 'center' });
  }
}
