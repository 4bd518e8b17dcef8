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
import { OwnSessions, type OwnSession } from './own-sessions';

/** Where a signed-in person sees on which devices they are signed in, and signs out on one of the others. */
@Component({
  selector: 'ph-sessions',
  imports: [OwnList],
  host: { class: 'ph-alone ph-part' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './part.css'],
  template: `
    <ph-own-list
      [form]="screen"
      [rows]="rows()"
      [empty]="words.sessionNone"
      [action]="words.signOut"
      [question]="words.sessionEndAsk"
      (remove)="end($event)"
    />
  `,
})
export class Sessions {
  readonly #sessions = inject(OwnSessions);
  protected readonly screen = new ListForm(() => this.#sessions.list(), inject(POOLHOUSE_TEXTS));
  /** Whether the pool shows sessions; true until it says no. */
  readonly isOffered = this.screen.isOffered.asReadonly();

  protected readonly words = injectWords();
  protected readonly list = viewChild.required(OwnList);
  protected readonly rows = computed<readonly ListRow[]>(() =>
    (this.screen.items() ?? []).map((session) => ({
      ...{ id: session.id, label: this.#label(session), help: this.#help(session) },
      ...(session.isThis && { state: this.words.sessionThis }),
      canRemove: !session.isThis,
    })),
  );
  readonly #date = injectDates();

  constructor() {
    if (inBrowser()) void this.screen.load();
  }

  protected async end(id: string): Promise<void> {
    const session = this.screen.items()?.find((one) => one.id === id);
    if (!session) return;
    const said = fill(this.words.sessionIsEnded, { device: this.#label(session) });
    if (await this.screen.act(id, () => this.#sessions.end(id), said)) this.list().keepFocus();
  }

  #label({ device }: OwnSession): string {
    return device ?? this.words.sessionUnknown;
  }

  #help({ createdAtMs, usedAtMs, address }: OwnSession): string {
    const { sessionBegan, sessionUsed, sessionFrom } = this.words;
    return [
      createdAtMs !== undefined && fill(sessionBegan, { date: this.#date(createdAtMs) }),
      usedAtMs !== undefined && fill(sessionUsed, { date: this.#date(usedAtMs) }),
      address !== undefined && fill(sessionFrom, { address }),
    ]
      .filter(Boolean)
      .join(' ');
  }
}
