import type { UserPoolClientType } from '@poolhouse/model';
import type { ClientId, PoolId } from '../ids.ts';

/** Everything about an app client that the API sets, in the API's own shapes, with defaults filled in (behaviour.md 4.1). */
export type ClientSettings = Omit<
  UserPoolClientType,
  'UserPoolId' | 'ClientId' | 'ClientName' | 'ClientSecret' | 'CreationDate' | 'LastModifiedDate'
>;

/** One valid secret of an app client; it can have two at a time, for rotation (behaviour.md 2). */
export interface ClientSecret {
  /** `<client id>--<epoch>`. */
  readonly id: string;
  /** Sealed with the pool's data key, bound to this client and id. */
  readonly sealed: string;
  readonly createdAtMs: number;
}

/** An app client as it is stored. */
export interface Client {
  readonly id: ClientId;
  readonly poolId: PoolId;
  readonly name: string;
  readonly settings: ClientSettings;
  /** Oldest first; empty for a public client. */
  readonly secrets: readonly ClientSecret[];
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}
