import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { CommandPalette } from './shell/palette/command-palette';
import { ConnectionBanner } from './shell/connection-banner';
import { FocusKeeper } from './shell/focus-keeper';
import { FocusOnNavigation } from './shell/focus-on-navigation';
import { Shortcuts } from './shell/shortcuts';
import { SignedOutDialog } from './shell/sign-in/signed-out-dialog';
import { StartFailure } from './shell/start-failure';
import { leaveStartPicture } from './shell/start-picture';
import { Theme } from './shell/theme';
import { ToastStack } from './shell/toast-stack';
import { UnsavedDialog } from './shell/unsaved-dialog';
import { FailurePanel } from './shared/pieces/failure-panel';
import { Sessions } from './api/session';

/** What is there on every page. */
@Component({
  selector: 'pc-root',
  host: { '(focusin)': 'showWhole($event.target)' },
  imports: [
    CommandPalette,
    ConnectionBanner,
    FailurePanel,
    RouterOutlet,
    Shortcuts,
    SignedOutDialog,
    ToastStack,
    UnsavedDialog,
  ],
  template: `
    <pc-connection-banner />
    @if (start.failure(); as failure) {
      <main class="page narrow">
        <h1>The console did not open</h1>
        <pc-failure-panel [error]="failure" (retry)="start.retry()" />
      </main>
    }
    <router-outlet />
    @if (sessions.session()) {
      <pc-command-palette />
      <pc-shortcuts />
    }
    @if (sessions.lost()) {
      <pc-signed-out-dialog />
    }
    <pc-unsaved-dialog />
    <pc-toast-stack />
  `,
})
export class App {
  protected readonly start = inject(StartFailure);
  protected readonly sessions = inject(Sessions);

  constructor() {
    inject(Theme);
    inject(FocusOnNavigation);
    inject(FocusKeeper);
    leaveStartPicture();
  }

  /** Of a text area browsers bring only the line with the caret into view, be it at the very edge, where bars are. */
  protected showWhole(target: EventTarget | null): void {
    if (target instanceof HTMLTextAreaElement) target.scrollIntoView({ block: 'nearest' });
  }
}
