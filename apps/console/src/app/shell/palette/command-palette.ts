import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { Sessions } from '../../api/session';
import { AfterTyping } from '../../shared/checks/after-typing';
import { Commands, type Command } from '../../shared/commands';
import { CurrentPool } from '../../shared/pieces/current-pool';
import { Modal } from '../../shared/dialogs/modal';
import { KnownPools } from '../known-pools';
import { pageName, POOL_PAGES } from '../pool-pages';
import { Theme, type ThemeChoice } from '../theme';
import { shellTexts } from '../texts';
import { FoundRecords } from './found-records';
import { matching } from './match';

/** Between two letters of one word. */
const TYPING_MS = 180;

/** Ctrl-K: pages, pools, what is in the current one, and actions, by a few letters. */
@Component({
  selector: 'pc-command-palette',
  imports: [Modal],
  templateUrl: './command-palette.html',
  styleUrl: './command-palette.css',
})
export class CommandPalette {
  readonly #router = inject(Router);
  readonly #pool = inject(CurrentPool);
  readonly #known = inject(KnownPools);
  readonly #sessions = inject(Sessions);
  readonly #theme = inject(Theme);
  protected readonly found = inject(FoundRecords);
  protected readonly commands = inject(Commands);
  protected readonly query = signal('');
  protected readonly at = signal(0);
  readonly #all = computed<readonly Command[]>(() => [
    ...this.commands.added(),
    ...this.#pages(),
    ...this.#pools(),
    ...this.#actions(),
    ...this.found.named(),
  ]);
  /** Whether the users found are those for what stands in the field, not for what stood there a moment ago. */
  readonly #isUpToDate = computed(() => this.found.text() === this.query().trim());
  // Users are found by more than their names.
  protected readonly shown = computed(() => {
    const users = this.#isUpToDate() ? this.found.users() : [];
    return [...matching(this.#all(), this.query()), ...users].slice(0, 50);
  });
  protected readonly isLooking = computed(() => !this.#isUpToDate() || this.found.isLooking());
  protected readonly chosen = computed(() => Math.min(this.at(), this.shown().length - 1));

  readonly #afterTyping = new AfterTyping(TYPING_MS);

  constructor() {
    effect(() => {
      const isOpen = this.commands.isOpen();
      untracked(() => {
        this.#afterTyping.cancel();
        this.found.find('');
        if (!isOpen) return;
        this.query.set('');
        this.at.set(0);
        this.#known.load();
      });
    });
  }

  protected type(text: string): void {
    this.query.set(text);
    this.at.set(0);
    this.#afterTyping.run(() => this.found.find(text));
  }

  protected pressed(event: KeyboardEvent): void {
    const count = this.shown().length;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && count > 0) {
      event.preventDefault();
      this.at.set((this.chosen() + move + count) % count);
      setTimeout(() =>
        document.getElementById(`command-${this.at()}`)?.scrollIntoView({ block: 'nearest' }),
      );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.run(this.shown()[this.chosen()]);
    }
  }

  protected run(command: Command | undefined): void {
    if (!command) return;
    this.commands.close();
    // The dialog gives the focus back first.
    setTimeout(() => command.run());
  }

  #pages(): readonly Command[] {
    const id = this.#pool.id();
    const own = [
      this.#go(shellTexts.allPools, 'Page', ['/']),
      this.#go(shellTexts.account, 'Page', ['/account']),
      ...(this.#sessions.is('owner')
        ? [this.#go(shellTexts.administrators, 'Page', ['/administrators'])]
        : []),
    ];
    if (!id) return own;
    const hint = this.#pool.title();
    return [
      ...POOL_PAGES.map((page) => this.#go(pageName(page), 'Page', ['/p', id, page], hint)),
      ...own,
    ];
  }

  #pools(): readonly Command[] {
    return this.#known
      .pools()
      .filter(({ Id }) => Id !== this.#pool.id())
      .map(({ Id, Name }) => this.#go(Name ?? '', 'Pool', ['/p', Id], Id));
  }

  #actions(): readonly Command[] {
    const choose = (choice: ThemeChoice): Command => ({
      title: `${shellTexts.theme}: ${shellTexts.themes[choice]}`,
      kind: 'Action',
      run: () => this.#theme.choose(choice),
    });
    return [
      ...(this.#sessions.may('CreateUserPool')
        ? [this.#go(shellTexts.createPool, 'Action', ['/new'])]
        : []),
      choose('light'),
      choose('dark'),
      choose('system'),
      {
        title: shellTexts.signOut,
        kind: 'Action',
        run: () => this.#sessions.end().then(() => this.#router.navigate(['/sign-in'])),
      },
    ];
  }

  #go(title: string, kind: string, path: readonly unknown[], hint?: string): Command {
    return { title, kind, hint, run: () => this.#router.navigate([...path]) };
  }
}
