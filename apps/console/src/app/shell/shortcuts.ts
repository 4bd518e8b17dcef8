import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { Commands } from '../shared/commands';
import { CurrentPool } from '../shared/pieces/current-pool';
import { Modal } from '../shared/dialogs/modal';
import type { POOL_PAGES } from './pool-pages';
import { ShortcutKeys } from './shortcut-keys';
import { shellTexts } from './texts';

/** Pages by the letter that follows `g`. */
const GO_TO: Readonly<Record<string, (typeof POOL_PAGES)[number]>> = {
  o: 'overview',
  u: 'users',
  g: 'groups',
  c: 'clients',
  r: 'resource-servers',
  i: 'sign-in',
  m: 'messages',
  a: 'audit',
  s: 'settings',
};

const SHEET = [
  ['Ctrl K or ⌘ K', 'Go anywhere, do anything'],
  ['/', 'Search on this page'],
  ['g then p', 'All user pools'],
  ['g then o, u, g, c, r', 'Overview, users, groups, app clients, resource servers'],
  ['g then i, m, a, s', 'Sign-in, messages, audit, settings'],
  ['?', 'This list'],
  ['Esc', 'Close what is open'],
] as const;

/** Shortcuts of the keyboard, and the sheet that lists them. */
@Component({
  selector: 'pc-shortcuts',
  imports: [Modal],
  template: `
    @if (keys.sheet()) {
      <dialog
        class="dialog"
        pcModal
        aria-labelledby="shortcuts-title"
        (dismissed)="keys.sheet.set(false)"
      >
        <div class="dialog-body">
          <h2 id="shortcuts-title">Shortcuts</h2>
          @if (!keys.on()) {
            <p class="notice">{{ texts.keysOff }}</p>
          }
          <dl class="facts">
            @for (line of lines; track line[0]) {
              <div>
                <dt>{{ line[1] }}</dt>
                <dd>
                  <kbd>{{ line[0] }}</kbd>
                </dd>
              </div>
            }
          </dl>
          <div class="dialog-foot">
            <button class="btn" type="button" (click)="keys.sheet.set(false)">Close</button>
          </div>
        </div>
      </dialog>
    }
  `,
  host: { '(document:keydown)': 'pressed($event)' },
})
export class Shortcuts {
  readonly #router = inject(Router);
  readonly #commands = inject(Commands);
  readonly #pool = inject(CurrentPool);
  protected readonly lines = SHEET;
  protected readonly keys = inject(ShortcutKeys);
  protected readonly texts = shellTexts;
  #afterG = false;

  protected pressed(event: KeyboardEvent): void {
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === 'k') {
      event.preventDefault();
      if (this.#commands.isOpen()) this.#commands.close();
      else if (!document.querySelector('dialog:modal')) this.#commands.open();
      return;
    }
    const busy =
      event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting();
    if (!this.keys.on() || busy || document.querySelector('dialog:modal')) return;
    const afterG = this.#afterG;
    this.#afterG = key === 'g' && !afterG;
    if (key === '?') this.keys.sheet.set(true);
    else if (key === '/') this.#focusSearch(event);
    else if (afterG) this.#goTo(key);
  }

  #focusSearch(event: Event): void {
    const search = document.querySelector<HTMLInputElement>('main [data-search]');
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }

  #goTo(key: string): void {
    const page = GO_TO[key];
    const pool = this.#pool.id();
    if (key === 'p') void this.#router.navigate(['/']);
    else if (page && pool) void this.#router.navigate(['/p', pool, page]);
  }
}

function isWriting(): boolean {
  const active = document.activeElement;
  return (
    active instanceof HTMLElement &&
    (active.isContentEditable || active.matches('input, textarea, select'))
  );
}
