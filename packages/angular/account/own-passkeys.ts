import { inject, Injectable } from '@angular/core';
import {
  Auth,
  ɵcanUsePasskeys as canUsePasskeys,
  ɵmakePasskey as makePasskey,
  ɵPasskeyName as PasskeyName,
  POOLHOUSE_CONFIG,
  POOLHOUSE_TEXTS,
  ɵtoAuthError as toAuthError,
  type WebAuthnCredential,
} from '@poolhouse/angular';

/** A passkey of the person. */
export interface Passkey {
  readonly id: string;
  /** What it is called, such as the password manager that keeps it. */
  readonly name: string;
  /** UTC milliseconds. */
  readonly createdAtMs: number;
}

/** The passkeys of the person who is signed in. Failures throw an `AuthError`. Source: API model; settings.md 9. */
@Injectable({ providedIn: 'root' })
export class OwnPasskeys {
  readonly #auth = inject(Auth);
  readonly #texts = inject(POOLHOUSE_TEXTS);
  readonly #name = new PasskeyName(inject(POOLHOUSE_CONFIG));

  /** Whether this browser and page can make one. */
  canAdd(): boolean {
    return canUsePasskeys();
  }

  /** Reads them all. */
  async list(): Promise<readonly Passkey[]> {
    const found: WebAuthnCredential[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#auth.call('ListWebAuthnCredentials', NextToken ? { NextToken } : {});
      found.push(...page.Credentials);
      ({ NextToken } = page);
    } while (NextToken);
    return found.map(({ CredentialId: id, FriendlyCredentialName: name, CreatedAt }) => ({
      ...{ id, name, createdAtMs: CreatedAt * 1000 },
    }));
  }

  /** Has the browser make one, and registers it. */
  async add(): Promise<void> {
    const { CredentialCreationOptions } = await this.#auth.call('StartWebAuthnRegistration', {});
    const Credential = await makePasskey(CredentialCreationOptions).catch((failure: unknown) => {
      throw toAuthError(failure, this.#texts);
    });
    await this.#auth.call('CompleteWebAuthnRegistration', { Credential });
    const user = this.#auth.user();
    if (user) this.#name.write(user.username);
  }

  /** Deletes one. The device that has it still shows it, but it signs in no more. */
  async remove(id: string): Promise<void> {
    await this.#auth.call('DeleteWebAuthnCredential', { CredentialId: id });
  }
}
