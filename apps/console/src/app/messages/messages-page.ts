import {
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  resource,
  signal,
} from '@angular/core';
import { ConsoleApi } from '../api/console-api';
import { wholeUpdate } from '../api/pool-update.ts';
import { Sessions } from '../api/session';
import { Busy } from '../shared/dialogs/busy';
import { CurrentPool } from '../shared/pieces/current-pool';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { injectNeedsText } from '../shared/pieces/needs';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { Toasts } from '../shared/dialogs/toasts';
import type { HoldsChanges } from '../shared/dialogs/unsaved';
import { MailPreview } from './mail-preview';
import {
  DEFAULTS,
  MessageDraft,
  type Kind,
  type MessageValues,
  type Template,
} from './message-draft.ts';
import { kindHints, kindNames, messageProblems, messageTexts, placeholderHints } from './texts';

interface ServerPreview {
  readonly subject: string;
  readonly body: string;
  readonly from?: string;
  readonly sms: string;
}

/** The occasion that the server knows each kind by. */
const OCCASIONS: Readonly<Record<Kind, string>> = {
  code: 'ForgotPassword',
  link: 'SignUp',
  invitation: 'AdminCreateUser',
};

/** A pool's messages: edited beside a live preview, and sent as a test. */
@Component({
  selector: 'pc-messages-page',
  imports: [FailurePanel, MailPreview, SkeletonRows],
  templateUrl: './messages-page.html',
  styles: `
    textarea {
      font-size: 13px;
    }
    .bubble {
      max-width: 300px;
      padding: 10px 14px;
      border-radius: 16px 16px 16px 4px;
      background: var(--sunk);
      overflow-wrap: anywhere;
    }
    .follow {
      position: sticky;
      top: var(--s4);
    }
  `,
})
export class MessagesPage implements HoldsChanges {
  readonly #api = inject(ConsoleApi);
  readonly #sessions = inject(Sessions);
  readonly #toasts = inject(Toasts);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly poolId = input.required<string>();
  protected readonly current = inject(CurrentPool);
  protected readonly texts = messageTexts;
  protected readonly manage = manageTexts;
  protected readonly kindNames = kindNames;
  protected readonly kindHints = kindHints;
  protected readonly placeholderHints = placeholderHints;
  protected readonly defaults = DEFAULTS;
  protected readonly kinds: readonly Kind[] = ['code', 'link', 'invitation'];

  readonly #edited = linkedSignal<MessageDraft | undefined>(() => {
    const pool = this.current.pool();
    return pool && new MessageDraft(pool);
  });
  protected readonly draft = this.#edited.asReadonly();
  protected readonly kind = signal<Kind>('code');
  protected readonly busy = new Busy();
  protected readonly sending = new Busy();
  protected readonly to = linkedSignal(() => this.#sessions.session()?.email ?? '');
  protected readonly mayEdit = computed(() => this.#sessions.may('UpdateUserPool'));
  protected readonly maySend = computed(() => this.#sessions.is('operator'));
  protected readonly reason = injectNeedsText('UpdateUserPool');
  /** What the server would send now; asked again whenever the pool was read anew. */
  readonly #server = resource({
    params: () => ({ pool: this.current.pool(), kind: this.kind() }),
    loader: ({ params, abortSignal }) =>
      this.#api.write<ServerPreview>(
        `pools/${this.poolId()}/messages/preview`,
        { occasion: OCCASIONS[params.kind] },
        abortSignal,
      ),
  });
  protected readonly preview = computed(() => {
    const [draft, kind] = [this.draft(), this.kind()];
    if (draft === undefined) return undefined;
    const from = draft.values.from;
    // The server shows a sign-up as it is confirmed in this pool: the other way is shown as it would be.
    const isServers = !draft.isChanged && (kind !== 'link' || draft.values.confirmBy === 'link');
    if (isServers && this.#server.hasValue()) return { ...this.#server.value(), from };
    return { ...draft.preview(kind), from };
  });
  protected readonly inbox = resource({
    loader: async () => (await fetch('/inbox', { method: 'HEAD' })).ok,
  });

  constructor() {
    // Where sign-ups are confirmed by link, that mail is what one wants to see first.
    let isFirst = true;
    effect(() => {
      const by = this.draft()?.values.confirmBy;
      if (isFirst && by !== undefined) {
        isFirst = false;
        this.kind.set(by);
      }
    });
  }

  hasUnsaved(): boolean {
    return this.draft()?.isChanged ?? false;
  }

  protected problem(field: string): string {
    const problem = this.draft()?.problems[field];
    return problem === undefined ? '' : messageProblems[problem];
  }

  protected set(values: Partial<MessageValues>): void {
    this.#edited.update((draft) => draft?.with(values));
  }

  protected setText(part: keyof Template, text: string): void {
    this.#edited.update((draft) => draft?.withText(this.kind(), part, text));
  }

  protected discard(): void {
    const pool = this.current.pool();
    this.busy.clear();
    this.#edited.set(pool && new MessageDraft(pool));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const [pool, draft] = [this.current.pool(), this.draft()];
    if (pool === undefined || draft === undefined) return;
    const [field] = Object.keys(draft.problems);
    if (field !== undefined) {
      const kind = this.kinds.find((name) => field.startsWith(`${name}.`));
      if (kind !== undefined) this.kind.set(kind);
      // Once the fields of that kind are there.
      setTimeout(() => this.#element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const worked = await this.busy.run(() =>
      this.#api.call('UpdateUserPool', wholeUpdate(pool, draft.changes)),
    );
    if (!worked) return;
    this.#toasts.show(this.manage.saved, { tone: 'good' });
    this.current.reload();
  }

  protected async sendTest(event: Event): Promise<void> {
    event.preventDefault();
    const to = this.to().trim();
    const body = { to, occasion: OCCASIONS[this.kind()] };
    const path = `pools/${this.poolId()}/messages/test`;
    if (await this.sending.run(() => this.#api.write(path, body))) {
      this.#toasts.show(this.texts.sent(to), { tone: 'good' });
    }
  }
}
