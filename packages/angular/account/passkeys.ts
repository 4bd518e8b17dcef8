import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import { ɵinBrowser as inBrowser, POOLHOUSE_TEXTS } from '@poolhouse/angular';
import { ɵfill as fill, ɵinjectWords as injectWords } from '@poolhouse/angular/fields';
import { injectDates } from './dates';
import { ListForm } from './list-form';
import { OwnList, type ListRow } from './own-list';
import { OwnPasskeys } from './own-passkeys';

/** Where a signed-in person makes passkeys, sees them, and deletes them. It has no heading and no frame. */
@Component({
  selector: 'ph-passkeys',
  imports: [OwnList],
  host: { class: 'ph-alone ph-part' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './part.css'],
  template: `
    <ph-own-list
      [form]="screen"
      [rows]="rows()"
      [empty]="words.passkeyNone"
      [action]="words.passkeyRemove"
      [question]="words.passkeyRemoveAsk"
      (remove)="remove($event)"
    />
    @if (screen.items() !== null) {
      @if (canAdd) {
        <div class="ph-acts">
          <button
            type="button"
            class="ph-button"
            [attr.aria-disabled]="screen.form.pending() ? 'true' : null"
            (click)="add()"
          >
            {{ words.passkeyAdd }}
          </button>
        </div>
      } @else {
        <p class="ph-loading">{{ words.passkeyNotHere }}</p>
      }
      <div role="alert">
        @if (screen.at() === null && screen.form.error(); as error) {
          <p class="ph-error">{{ error }}</p>
        }
      </div>
    }
  `,
})
export class Passkeys {
  readonly #passkeys = inject(OwnPasskeys);
  protected readonly screen = new ListForm(() => this.#passkeys.list(), inject(POOLHOUSE_TEXTS));
  /** Whether the pool has passkeys; true until it says no. */
  readonly isOffered = this.screen.isOffered.asReadonly();

  protected readonly words = injectWords();
  protected readonly canAdd = this.#passkeys.canAdd();
  protected readonly list = viewChild.required(OwnList);
  protected readonly rows = computed<readonly ListRow[]>(() =>
    (this.screen.items() ?? []).map(({ id, name, createdAtMs }) => ({
      ...{ id, label: name || this.words.wayPasskey, canRemove: true },
      help: fill(this.words.passkeyCreated, { date: this.#date(createdAtMs) }),
    })),
  );
  readonly #date = injectDates();

  constructor() {
    if (inBrowser()) void this.screen.load();
  }

  protected async add(): Promise<void> {
    await this.screen.act(null, () => this.#passkeys.add(), this.words.passkeyIsAdded);
  }

  protected async remove(id: string): Promise<void> {
    const { passkeyIsRemoved } = this.words;
    const isDone = await this.screen.act(id, () => this.#passkeys.remove(id), passkeyIsRemoved);
    if (isDone) this.list().keepFocus();
  }
}
