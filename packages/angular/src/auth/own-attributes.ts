import { signal } from '@angular/core';
import type { CallSignedIn } from './call-signed-in';
import { destinationOf, type Destination } from './destination';
import { compact, listOf } from './typed-input';

/** The attributes of the person who is signed in. */
export class OwnAttributes {
  /** What was read last, which is newer than the tokens. */
  readonly attributes = signal<Readonly<Record<string, string>>>({});
  readonly #call: CallSignedIn;
  readonly #refresh: () => Promise<unknown>;

  constructor(call: CallSignedIn, refresh: () => Promise<unknown>) {
    this.#call = call;
    this.#refresh = refresh;
  }

  /** Reads them from the pool. */
  async load(): Promise<Readonly<Record<string, string>>> {
    const { UserAttributes = [] } = await this.#call('GetUser', {});
    const attributes = Object.fromEntries(
      UserAttributes.map(({ Name, Value }) => [Name, Value ?? '']),
    );
    this.attributes.set(attributes);
    return attributes;
  }

  /** Changes some. Answers where codes were sent that prove them. */
  async update(changes: Readonly<Record<string, string>>): Promise<readonly Destination[]> {
    const answer = await this.#call('UpdateUserAttributes', { UserAttributes: listOf(changes) });
    await this.#showChanges();
    return (answer.CodeDeliveryDetailsList ?? []).flatMap((item) => destinationOf(item) ?? []);
  }

  /** Sends a code that proves one. */
  async sendCode(name: string): Promise<Destination | undefined> {
    const answer = await this.#call('GetUserAttributeVerificationCode', { AttributeName: name });
    return destinationOf(answer.CodeDeliveryDetails);
  }

  /** Proves one by the code that was sent. */
  async verify(name: string, code: string): Promise<void> {
    await this.#call('VerifyUserAttribute', { AttributeName: name, Code: compact(code) });
    await this.#showChanges();
  }

  /** The change was made, so it is not a failure if it cannot be shown at once. */
  async #showChanges(): Promise<void> {
    try {
      // New tokens, so that servers see the change too.
      if (await this.#refresh()) await this.load();
    } catch {
      await this.load().catch(() => undefined);
    }
  }
}
