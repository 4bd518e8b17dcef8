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
import type { AttributeType, SchemaAttributeType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Sessions } from '../api/session';
import { Busy } from '../shared/dialogs/busy';
import { attributeName } from '../shared/glossary.ts';
import { manageTexts } from '../shared/manage-texts';
import { injectNeedsText } from '../shared/pieces/needs';
import { Toasts } from '../shared/dialogs/toasts';
import { AttributeDraft, type AttributeRow } from './model/attribute-draft.ts';
import { problemTexts, userTexts } from './model/texts';

/** A user's attributes as the pool's schema has them, to be edited and saved at once. */
@Component({
  selector: 'pc-user-attributes',
  templateUrl: './user-attributes.html',
})
export class UserAttributes {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly #sessions = inject(Sessions);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly poolId = input.required<string>();
  readonly username = input.required<string>();
  readonly schema = input.required<readonly SchemaAttributeType[]>();
  readonly attributes = input.required<readonly AttributeType[]>();
  readonly saved = output();

  protected readonly texts = userTexts;
  protected readonly manage = manageTexts;
  protected readonly busy = new Busy();
  protected readonly draft = linkedSignal(() =>
    AttributeDraft.of(this.schema(), this.attributes()),
  );
  readonly #all = signal(false);
  readonly #tried = signal(false);
  protected readonly mayEdit = computed(() => this.#sessions.may('AdminUpdateUserAttributes'));
  protected readonly reason = injectNeedsText('AdminUpdateUserAttributes');
  protected readonly rows = computed(() => {
    const { shown, others } = this.draft().rows;
    return this.#all() ? [...shown, ...others] : shown;
  });
  protected readonly hidden = computed(() => (this.#all() ? 0 : this.draft().rows.others.length));

  hasUnsaved(): boolean {
    return this.draft().isChanged;
  }

  protected label(row: AttributeRow): string {
    return attributeName(row.name);
  }

  protected problem(row: AttributeRow): string {
    const problem = this.draft().problems[row.name];
    return problem !== undefined && (this.#tried() || row.value === '')
      ? problemTexts[problem]
      : '';
  }

  protected help(row: AttributeRow): string {
    if (row.fixed === 'by-the-service') return this.texts.fixedService;
    return row.fixed === 'immutable' ? this.texts.fixedImmutable : '';
  }

  protected showAll(): void {
    this.#all.set(true);
  }

  protected set(name: string, value: string): void {
    this.draft.update((draft) => draft.with(name, value));
  }

  protected discard(): void {
    this.#tried.set(false);
    this.busy.clear();
    this.draft.set(AttributeDraft.of(this.schema(), this.attributes()));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.#tried.set(true);
    const draft = this.draft();
    if (Object.keys(draft.problems).length > 0) {
      setTimeout(() => this.#element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const { update, remove } = draft.changes;
    const user = { UserPoolId: this.poolId(), Username: this.username() };
    const worked = await this.busy.run(async () => {
      if (update.length > 0) {
        await this.#api.call('AdminUpdateUserAttributes', { ...user, UserAttributes: update });
      }
      if (remove.length > 0) {
        await this.#api.call('AdminDeleteUserAttributes', { ...user, UserAttributeNames: remove });
      }
    });
    if (!worked) return;
    this.#tried.set(false);
    this.#toasts.show(this.manage.saved, { tone: 'good' });
    this.saved.emit();
  }
}
