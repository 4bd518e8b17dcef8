import type { Passkey } from '../../domain/passkeys/passkey.ts';
import type { Page } from './page.ts';
import type { UserRef } from './users.ts';

/** The place of a passkey in the list of its user. */
export type PasskeyPosition = readonly [createdAtMs: number, credentialId: string];

/** What a sign-in changes about the passkey that it used. */
export type PasskeyUse = Pick<Passkey, 'signCount' | 'isBackedUp'> & { readonly atMs: number };

/** Users' passkeys. They are removed with their user. */
export interface PasskeyStore {
  /**
   * Adds a passkey unless the user already has `most`, or anybody in the pool has one with this id. Of eight at once, no more are added than
   * there is room for.
   */
  add(passkey: Passkey, most: number): Promise<'added' | 'full' | 'taken' | 'user-missing'>;
  /** A user's passkeys, oldest first, a page at a time. */
  list(
    ref: UserRef,
    limit: number,
    after?: PasskeyPosition,
  ): Promise<Page<Passkey, PasskeyPosition>>;
  /** All of them, oldest first. */
  ofUser(ref: UserRef): Promise<readonly Passkey[]>;
  /**
   * Records a use; `false` if the passkey is gone or its count has not grown, as with a copy of it. Where both counts are 0, nothing is
   * counted. Of eight uses with one count, one is recorded. Source: WebAuthn Level 3, section 6.1.1.
   */
  noteUse(ref: UserRef, credentialId: string, use: PasskeyUse): Promise<boolean>;
  delete(ref: UserRef, credentialId: string): Promise<boolean>;
}
