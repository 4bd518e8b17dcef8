import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import type { AdminGetUserResponse, UserPoolMfaType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { Toasts } from '../shared/dialogs/toasts';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { Needs } from '../shared/pieces/needs';
import {
  afterwards,
  factorTexts,
  mfaMeanings,
  secondFactors,
  signInTexts,
  wayNames,
  type SecondFactor,
} from './model/sign-in-texts';

/** How a user signs in: first factors, second factors, and taking away one that is lost. */
@Component({
  selector: 'pc-user-sign-in',
  imports: [ConfirmDialog, FailurePanel, Needs, SkeletonRows],
  templateUrl: './user-sign-in.html',
  styleUrl: './user-lines.css',
})
export class UserSignIn {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly username = input.required<string>();
  /** As AdminGetUser has it: whenever it is read again, so are the factors. */
  readonly user = input.required<AdminGetUserResponse>();
  /** Whether the pool asks for second factors. */
  readonly mfa = input.required<UserPoolMfaType>();
  readonly changed = output();

  protected readonly texts = signInTexts;
  protected readonly factorTexts = factorTexts;
  protected readonly meanings = mfaMeanings;
  protected readonly afterwards = afterwards;
  readonly #key = computed(() => ({ UserPoolId: this.poolId(), Username: this.username() }));
  protected readonly known = resource({
    params: () => ({ key: this.#key(), user: this.user() }),
    loader: async ({ params: { key } }) => {
      const { ConfiguredUserAuthFactors } = await this.#api.call('AdminGetUserAuthFactors', key);
      return ConfiguredUserAuthFactors ?? [];
    },
  });
  readonly #has = computed(() => (this.known.hasValue() ? this.known.value() : []));
  protected readonly ways = computed(() =>
    this.#has()
      .flatMap((factor) => (factor === 'SOFTWARE_TOKEN' ? [] : [wayNames[factor]]))
      .join(', '),
  );
  protected readonly factors = computed(() => {
    const { UserMFASettingList = [], PreferredMfaSetting } = this.user();
    return secondFactors
      .map((method) => ({
        method,
        isOn: UserMFASettingList.includes(method),
        isPreferred: PreferredMfaSetting === method,
      }))
      .filter(
        ({ method, isOn }) =>
          isOn || (method === 'SOFTWARE_TOKEN_MFA' && this.#has().includes('SOFTWARE_TOKEN')),
      );
  });
  protected readonly asking = signal<SecondFactor | undefined>(undefined);
  protected readonly takeAway = computed(() => {
    const [method, key] = [this.asking(), this.#key()];
    return async (): Promise<unknown> => {
      switch (method) {
        case 'SOFTWARE_TOKEN_MFA':
          return this.#api.call('AdminDeleteSoftwareToken', key);
        case 'SMS_MFA':
          return this.#api.call('AdminSetUserMFAPreference', {
            ...key,
            SMSMfaSettings: { Enabled: false },
          });
        case 'EMAIL_OTP':
          return this.#api.call('AdminSetUserMFAPreference', {
            ...key,
            EmailMfaSettings: { Enabled: false },
          });
        case undefined:
          return undefined;
      }
    };
  });

  protected done(method: SecondFactor): void {
    this.asking.set(undefined);
    this.#toasts.show(factorTexts[method].done, { tone: 'good' });
    this.changed.emit();
  }
}
