declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `<region>_<alphanumeric>`, at most 55 characters. Source: API model, UserPoolIdType. */
export type PoolId = Branded<'PoolId'>;
/** Source: API model, ClientIdType. */
export type ClientId = Branded<'ClientId'>;
/** A user's immutable id inside a pool, a UUID text; never reused. */
export type Sub = Branded<'Sub'>;

/** Takes a text that the model's validators have already accepted as a pool id. */
export function poolId(text: string): PoolId {
  return text as PoolId;
}

/** Takes a text that the model's validators have already accepted as an app client id. */
export function clientId(text: string): ClientId {
  return text as ClientId;
}

/** Takes the text of a user's `sub`. */
export function sub(text: string): Sub {
  return text as Sub;
}

/** The part of the pool id before `_`. Source: behaviour.md 2. */
export function regionOf(id: PoolId): string {
  return id.slice(0, id.indexOf('_'));
}

/** The part of the pool id after `_`, which SRP calls the pool's name. Source: behaviour.md 6.6. */
export function poolNameOf(id: PoolId): string {
  return id.slice(id.indexOf('_') + 1);
}
