import type { Stores } from '../ports/stores/index.ts';
import type { MethodRules } from '../ports/stores/store-views.ts';
import type { Recorder } from './recorder.ts';

/** A method that is not audited states why. */
type NotAudited = `not audited: ${string}`;

/** How each method of a store is treated: a write is done on the recorder's stores, and its changes are recorded. */
export type StoreAudit<Store> = MethodRules<Store, Recorder, 'reads' | NotAudited>;

/** How each store is treated. */
export type AuditRules<Kept = Stores> = {
  readonly [Name in keyof Kept]: NotAudited | StoreAudit<Kept[Name]>;
};

/* Reasons that several stores have. */

export const ownSignIn: NotAudited = 'not audited: a sign-in is the user’s own doing';
export const sealedAnew: NotAudited = 'not audited: the same as before, sealed with another key';
export const carriedOut: NotAudited =
  'not audited: carries out a deletion that stands on the audit';
export const counted: NotAudited = 'not audited: counts what happens, and settles nothing';
