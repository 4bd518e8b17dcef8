import { Component, computed, inject, input, linkedSignal, resource } from '@angular/core';
import type { Range } from '@poolhouse/rules';
import { ConsoleApi } from '../api/console-api';
import { isTypedInRange } from '../shared/checks/whole-number.ts';
import { Busy } from '../shared/dialogs/busy';
import { Toasts } from '../shared/dialogs/toasts';
import { manageTexts } from '../shared/manage-texts';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { Needs } from '../shared/pieces/needs';
import { clientTexts } from './texts';

/** Source: API model, SetUserPoolClientSessionConfiguration. */
const MINUTES: Range = [0, 129_600];

/** How long an earlier sign-in at the login pages counts for an app client; only where the pool tracks sessions, as the API wants it. */
@Component({
  selector: 'pc-client-sessions',
  imports: [FailurePanel, Needs],
  template: `
    @if (loaded.error(); as error) {
      <pc-failure-panel [error]="error" (retry)="loaded.reload()" />
    } @else if (minutes() !== undefined) {
      <section class="card part" aria-labelledby="login-pages">
        <div class="section-head">
          <h2 id="login-pages">{{ texts.loginPages }}</h2>
          <p>{{ texts.loginPagesLead }}</p>
        </div>
        <form class="stack" (submit)="save($event)" novalidate>
          <div class="field">
            <label for="validity">{{ texts.validity }}</label>
            <input
              id="validity"
              #validity
              inputmode="numeric"
              [value]="minutes()"
              (input)="minutes.set(validity.value)"
              [attr.aria-invalid]="isValid() ? null : true"
              aria-describedby="validity-help"
              autocomplete="off"
            />
            <span [class]="isValid() ? 'hint' : 'problem'" id="validity-help">{{
              isValid() ? texts.validityHint : texts.validityProblem
            }}</span>
          </div>
          @if (busy.problem(); as text) {
            <p class="notice bad" role="alert">{{ text }}</p>
          }
          <div>
            <button
              class="btn"
              pcNeeds="SetUserPoolClientSessionConfiguration"
              [disabled]="busy.now() || !isChanged()"
            >
              {{ busy.now() ? manage.saving : texts.saveLoginPages }}
            </button>
          </div>
        </form>
      </section>
    }
  `,
  styles: `
    :host:empty {
      display: none;
    }
  `,
})
export class ClientSessions {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly clientId = input.required<string>();
  protected readonly texts = clientTexts;
  protected readonly manage = manageTexts;
  protected readonly busy = new Busy();
  /** `null` where the pool does not track sessions. */
  protected readonly loaded = resource({
    params: () => ({ UserPoolId: this.poolId(), ClientId: this.clientId() }),
    loader: async ({ params }) => {
      const { UserPoolId } = params;
      const pool = await this.#api.call('GetUserPoolSessionConfiguration', { UserPoolId });
      if (pool.UserSessionTracking !== 'ENABLED') return null;
      const { SSOSession } = await this.#api.call('GetUserPoolClientSessionConfiguration', params);
      return String(SSOSession?.MaxValidityMinutes ?? 0);
    },
  });
  readonly #saved = computed(() =>
    this.loaded.hasValue() ? (this.loaded.value() ?? undefined) : undefined,
  );
  /** As typed. */
  protected readonly minutes = linkedSignal(() => this.#saved());
  protected readonly isValid = computed(() => isTypedInRange(this.minutes() ?? '', MINUTES));
  protected readonly isChanged = computed(() => this.minutes() !== this.#saved());

  hasUnsaved(): boolean {
    return this.isChanged();
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.isValid()) return;
    const input = {
      UserPoolId: this.poolId(),
      ClientId: this.clientId(),
      SSOSession: { MaxValidityMinutes: Number(this.minutes()) },
    };
    const call = () => this.#api.call('SetUserPoolClientSessionConfiguration', input);
    if (!(await this.busy.run(call))) return;
    this.#toasts.show(this.manage.saved, { tone: 'good' });
    this.loaded.reload();
  }
}
