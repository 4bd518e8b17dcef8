import { Component, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Sessions } from '../../api/session';
import { Anchored } from '../../shared/pieces/anchored';
import { roleHints, roleNames } from '../../shared/roles';
import { Toasts } from '../../shared/dialogs/toasts';
import { ShortcutKeys } from '../shortcut-keys';
import { shellTexts } from '../texts';
import { Theme, type ThemeChoice } from '../theme';

/** Who is signed in, the theme, and the way out. */
@Component({
  selector: 'pc-account-menu',
  imports: [Anchored, RouterLink],
  template: `
    @if (sessions.session(); as session) {
      <button class="account" type="button" popovertarget="account-menu" #button>
        <span class="avatar" aria-hidden="true">{{ session.username.slice(0, 2) }}</span>
        <span class="name">
          <b dir="auto">{{ session.username }}</b>
          <span class="faint">{{ roleNames[session.role] }}</span>
        </span>
      </button>
      <div
        class="menu"
        popover
        id="account-menu"
        role="group"
        [attr.aria-label]="texts.account"
        [pcAnchored]="button"
      >
        <p class="about">
          {{ session.email }}
          <span class="faint">{{ roleHints[session.role] }}</span>
        </p>
        <hr />
        <p class="about" id="theme-label">{{ texts.theme }}</p>
        <div class="segments" role="group" aria-labelledby="theme-label">
          @for (choice of choices; track choice) {
            <button
              type="button"
              data-stays
              [attr.aria-pressed]="theme.choice() === choice"
              (click)="theme.choose(choice)"
            >
              {{ texts.themes[choice] }}
            </button>
          }
        </div>
        <hr />
        <button
          type="button"
          role="switch"
          data-stays
          [attr.aria-checked]="keys.on()"
          (click)="keys.turn(!keys.on())"
        >
          {{ texts.keys }}
          <span class="faint" aria-hidden="true">{{
            keys.on() ? texts.keysNow.on : texts.keysNow.off
          }}</span>
        </button>
        <button type="button" (click)="keys.sheet.set(true)">{{ texts.showKeys }}</button>
        <hr />
        <a routerLink="/account">{{ texts.account }}</a>
        @if (sessions.is('owner')) {
          <a routerLink="/administrators">{{ texts.administrators }}</a>
        }
        <button type="button" (click)="signOut()">{{ texts.signOut }}</button>
      </div>
    }
  `,
  styles: `
    .account {
      display: flex;
      gap: 10px;
      align-items: center;
      width: 100%;
      padding: 6px 8px;
      border: 0;
      border-radius: var(--r-m);
      background: transparent;
      text-align: left;
      cursor: pointer;
    }
    .account:hover {
      background: color-mix(in srgb, var(--line) 60%, transparent);
    }
    .name {
      display: grid;
      min-width: 0;
      line-height: 1.35;
    }
    .name > * {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .name .faint {
      color: var(--ink-2);
      font-size: 12px;
    }
    .about {
      display: grid;
      padding: 4px 10px;
      overflow-wrap: anywhere;
    }
    .menu .segments {
      display: flex;
      margin: 0 8px;
    }
    .menu .segments button {
      justify-content: center;
      text-align: center;
    }
  `,
})
export class AccountMenu {
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  protected readonly sessions = inject(Sessions);
  protected readonly theme = inject(Theme);
  protected readonly keys = inject(ShortcutKeys);
  protected readonly texts = shellTexts;
  protected readonly roleNames = roleNames;
  protected readonly roleHints = roleHints;
  protected readonly choices: readonly ThemeChoice[] = ['system', 'light', 'dark'];

  protected async signOut(): Promise<void> {
    try {
      await this.sessions.end();
      await this.#router.navigate(['/sign-in']);
    } catch (error) {
      this.#toasts.show(error instanceof Error ? error.message : String(error), { tone: 'bad' });
    }
  }
}
