import {
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { toApiError } from '../api/api-error';
import { ConsoleApi } from '../api/console-api';
import { Sessions } from '../api/session';
import { Busy } from '../shared/dialogs/busy';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { CopyButton } from '../shared/pieces/copy-button';
import { CurrentPool } from '../shared/pieces/current-pool';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { injectNeedsText, Needs } from '../shared/pieces/needs';
import { titledBy } from '../shared/pieces/record-title';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { Toasts } from '../shared/dialogs/toasts';
import type { HoldsChanges } from '../shared/dialogs/unsaved';
import { When } from '../shared/when';
import { AttributeChoice } from './attribute-choice';
import { ClientDraft, FLOWS, type ClientValues, type Flow } from './client-draft.ts';
import { ClientSecrets } from './client-secrets';
import { ClientSessions } from './client-sessions';
import { ClientUrls } from './client-urls';
import { LifetimeField } from './lifetime-field';
import { Paste } from './paste';
import { clientProblems, clientTexts, flowTexts } from './texts';
import { refusedField, urlProblems, type UrlProblems, type UrlValues } from './urls.ts';

/** Attributes that the service sets: readable, never writable. Source: behaviour.md 4.1. */
const MARKS = new Set(['sub', 'identities', 'email_verified', 'phone_number_verified']);

/** One app client: its settings, its secret, and configuration to paste. */
@Component({
  selector: 'pc-client-page',
  imports: [
    AttributeChoice,
    ClientSecrets,
    ClientSessions,
    ClientUrls,
    ConfirmDialog,
    CopyButton,
    FailurePanel,
    LifetimeField,
    Needs,
    Paste,
    RouterLink,
    SkeletonRows,
    When,
  ],
  templateUrl: './client-page.html',
})
export class ClientPage implements HoldsChanges {
  readonly #api = inject(ConsoleApi);
  readonly #sessions = inject(Sessions);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly #pool = inject(CurrentPool);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly poolId = input.required<string>();
  readonly id = input.required<string>();

  protected readonly texts = clientTexts;
  protected readonly manage = manageTexts;
  protected readonly flowTexts = flowTexts;
  protected readonly flows = FLOWS;
  protected readonly busy = new Busy();
  protected readonly deleting = signal(false);
  protected readonly isSecretShown = signal(false);
  protected readonly loginPages = viewChild(ClientSessions);

  protected readonly loaded = resource({
    params: () => ({ UserPoolId: this.poolId(), ClientId: this.id() }),
    loader: async ({ params }) =>
      (await this.#api.call('DescribeUserPoolClient', params)).UserPoolClient,
  });
  protected readonly client = computed(() =>
    this.loaded.hasValue() ? this.loaded.value() : undefined,
  );
  /** The newest; read again by itself, because reading the whole client would take edits away. */
  protected readonly secret = linkedSignal(() => this.client()?.ClientSecret);
  readonly #edited = linkedSignal<ClientDraft | undefined>(() => {
    const client = this.client();
    return client && ClientDraft.of(client, this.required());
  });
  protected readonly draft = this.#edited.asReadonly();
  protected readonly isGone = computed(() => {
    const error = this.loaded.error();
    return error !== undefined && toApiError(error).code === 'ResourceNotFoundException';
  });
  protected readonly mayEdit = computed(() => this.#sessions.may('UpdateUserPoolClient'));
  protected readonly isOwner = computed(() => this.#sessions.is('owner'));
  protected readonly reason = injectNeedsText('UpdateUserPoolClient');
  protected readonly readable = computed(() =>
    (this.#pool.pool()?.SchemaAttributes ?? []).map(({ Name }) => Name ?? ''),
  );
  protected readonly writable = computed(() => this.readable().filter((name) => !MARKS.has(name)));
  /** What every client of the pool has to be able to write, or the server refuses it. */
  protected readonly required = computed(
    () =>
      (this.#pool.pool()?.SchemaAttributes ?? [])
        .filter(({ Required, Name }) => Required === true && Name !== 'sub')
        .map(({ Name }) => Name ?? ''),
    // A pool that is read again with the same schema must not take edits away.
    { equal: (one, other) => one.join() === other.join() },
  );
  /** A choice among passwords alone is none. */
  protected readonly isChoiceIdle = computed(() => {
    const allowed = this.#pool.pool()?.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
    const isChosen = this.draft()?.values.flows.includes('ALLOW_USER_AUTH') ?? false;
    return isChosen && allowed.every((factor) => factor === 'PASSWORD');
  });
  /** Where the server's refusal belongs, if that is at an address. */
  protected readonly refusedField = computed(() => {
    const values = this.draft()?.values;
    return values && refusedField(values, this.busy.problem());
  });
  protected readonly urlProblems = computed((): UrlProblems => {
    const [values, field] = [this.draft()?.values, this.refusedField()];
    const refused = field && { [field]: this.busy.problem() };
    return { ...refused, ...(values && urlProblems(values)) };
  });
  /** `undefined` until both have been read: half a configuration would be a wrong one. */
  protected readonly facts = computed(() => {
    const [pool, client] = [this.#pool.pool(), this.client()];
    return pool && client && { pool, client, endpoint: location.origin };
  });

  constructor() {
    titledBy(() => this.client()?.ClientName);
  }

  hasUnsaved(): boolean {
    if (this.deleting()) return false;
    return (this.draft()?.isChanged ?? false) || (this.loginPages()?.hasUnsaved() ?? false);
  }

  protected problem(field: keyof ClientValues): string {
    const problem = this.draft()?.problems[field];
    return problem === undefined ? '' : clientProblems[problem];
  }

  protected set(values: Partial<ClientValues>): void {
    this.#edited.update((draft) => draft?.with(values));
  }

  protected setFlow(flow: Flow, isOn: boolean): void {
    this.#edited.update((draft) => draft?.withFlow(flow, isOn));
  }

  protected setRotation(isOn: boolean): void {
    this.#edited.update((draft) => draft?.withRotation(isOn));
  }

  protected setUrls(values: Partial<UrlValues>): void {
    // What the server said was about the addresses before.
    if (this.refusedField() !== undefined) this.busy.clear();
    this.set(values);
  }

  protected async readSecret(): Promise<void> {
    const key = { UserPoolId: this.poolId(), ClientId: this.id() };
    try {
      const { UserPoolClient } = await this.#api.call('DescribeUserPoolClient', key);
      this.secret.set(UserPoolClient?.ClientSecret);
    } catch {
      // The page says what is wrong, and tries again.
      this.loaded.reload();
    }
  }

  protected discard(): void {
    const client = this.client();
    this.busy.clear();
    this.#edited.set(client && ClientDraft.of(client, this.required()));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const draft = this.draft();
    if (draft === undefined) return;
    if (Object.keys({ ...draft.problems, ...urlProblems(draft.values) }).length > 0) {
      return this.#focusProblem();
    }
    if (!(await this.busy.run(() => this.#api.call('UpdateUserPoolClient', draft.update())))) {
      if (this.refusedField() !== undefined) setTimeout(() => this.#focusProblem());
      return;
    }
    this.#toasts.show(this.manage.saved, { tone: 'good' });
    this.loaded.reload();
  }

  #focusProblem(): void {
    this.#element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  protected readonly delete = (): Promise<unknown> =>
    this.#api.call('DeleteUserPoolClient', { UserPoolId: this.poolId(), ClientId: this.id() });

  protected deleted(): void {
    this.#toasts.show(this.texts.deleted(this.client()?.ClientName ?? ''), { tone: 'good' });
    void this.#router.navigate(['/p', this.poolId(), 'clients']);
  }
}
