import { Component, inject, input, output, signal } from '@angular/core';
import { ConsoleApi } from '../api/console-api';
import { Busy } from '../shared/dialogs/busy';
import { CopyButton } from '../shared/pieces/copy-button';
import { manageTexts } from '../shared/manage-texts';
import { Modal } from '../shared/dialogs/modal';
import { sharedTexts } from '../shared/texts';
import { ClientDraft } from './client-draft.ts';
import { clientProblems, clientTexts } from './texts';

/** Makes an app client with safe settings; everything else is on its page. A secret is shown at the end. */
@Component({
  selector: 'pc-create-client',
  imports: [CopyButton, Modal],
  template: `
    <dialog class="dialog" pcModal aria-labelledby="create-client" (dismissed)="dismiss()">
      @if (secret(); as made) {
        <div class="dialog-body">
          <h2 id="create-client">{{ texts.secretHead(draft().values.name) }}</h2>
          <p class="muted">{{ texts.secretOnce }}</p>
          <div class="code-block section-head">
            <span class="secret">{{ made }}</span>
            <pc-copy-button [text]="made" [label]="texts.copySecret" />
          </div>
          <div class="dialog-foot">
            <button class="btn primary" type="button" (click)="closed.emit(clientId())">
              {{ texts.open }}
            </button>
          </div>
        </div>
      } @else {
        <form class="dialog-body" (submit)="submit($event)" novalidate>
          <h2 id="create-client">{{ texts.create }}</h2>
          <div class="field">
            <label for="client-name">{{ texts.name }}</label>
            <input
              id="client-name"
              dir="auto"
              #name
              [value]="draft().values.name"
              (input)="draft.set(draft().with({ name: name.value }))"
              [attr.aria-invalid]="problem() ? true : null"
              aria-describedby="client-name-help"
              autocomplete="off"
            />
            <span [class]="problem() ? 'problem' : 'hint'" id="client-name-help">{{
              problem() || texts.nameHint
            }}</span>
          </div>
          <fieldset class="stack">
            <legend>
              <b>{{ texts.kindHead }}</b>
            </legend>
            <label class="opt">
              <input
                type="radio"
                name="kind"
                [checked]="!hasSecret()"
                (change)="hasSecret.set(false)"
              />
              <span
                ><b>{{ texts.browser }}</b>
                <p>{{ texts.browserHint }}</p></span
              >
            </label>
            <label class="opt">
              <input
                type="radio"
                name="kind"
                [checked]="hasSecret()"
                (change)="hasSecret.set(true)"
              />
              <span
                ><b>{{ texts.server }}</b>
                <p>{{ texts.serverHint }}</p></span
              >
            </label>
          </fieldset>
          @if (busy.problem(); as text) {
            <p class="notice bad" role="alert">{{ text }}</p>
          }
          <div class="dialog-foot">
            <button class="btn" type="button" (click)="dismiss()">{{ shared.cancel }}</button>
            <button class="btn primary" [disabled]="busy.now()">
              {{ busy.now() ? manage.working : texts.create }}
            </button>
          </div>
        </form>
      }
    </dialog>
  `,
  styles: `
    .secret {
      min-width: 0;
      overflow-wrap: anywhere;
      white-space: normal;
    }
  `,
})
export class CreateClient {
  readonly #api = inject(ConsoleApi);
  readonly poolId = input.required<string>();
  /** The id of the new client, or nothing when it was given up. */
  readonly closed = output<string | undefined>();
  protected readonly texts = clientTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly busy = new Busy();
  protected readonly draft = signal(new ClientDraft());
  protected readonly hasSecret = signal(false);
  protected readonly clientId = signal<string | undefined>(undefined);
  protected readonly secret = signal<string | undefined>(undefined);
  readonly #tried = signal(false);

  protected problem(): string {
    const problem = this.draft().problems.name;
    return problem !== undefined && (this.#tried() || problem !== 'no-name')
      ? clientProblems[problem]
      : '';
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#tried.set(true);
    const draft = this.draft();
    if (Object.keys(draft.problems).length > 0) return;
    const input = draft.create(this.poolId(), this.hasSecret());
    await this.busy.run(async () => {
      const { UserPoolClient } = await this.#api.call('CreateUserPoolClient', input);
      this.clientId.set(UserPoolClient?.ClientId);
      this.secret.set(UserPoolClient?.ClientSecret);
      if (UserPoolClient?.ClientSecret === undefined) this.closed.emit(UserPoolClient?.ClientId);
    });
  }

  protected dismiss(): void {
    if (!this.busy.now()) this.closed.emit(this.clientId());
  }
}
