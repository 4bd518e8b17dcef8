import type { IdentityProviderTypeType } from '@poolhouse/model';
import type { PoolId } from '../ids.ts';

/** What the API calls the details of a provider, by key. */
export type ProviderDetails = Readonly<Record<string, string>>;

/** An identity provider of a pool, as it is stored. */
export interface IdentityProvider {
  readonly poolId: PoolId;
  readonly name: string;
  readonly type: IdentityProviderTypeType;
  /** Without those of {@link SECRET_DETAILS}. */
  readonly details: ProviderDetails;
  /** JSON of the secret details, sealed; absent if there are none. */
  readonly sealedSecrets?: string;
  /** The provider's claims by the pool's attributes. */
  readonly attributeMapping: Readonly<Record<string, string>>;
  /** Each belongs to one provider of the pool. */
  readonly idpIdentifiers: readonly string[];
  /** The provider's values of `acr` by the pool's levels. */
  readonly acrMapping?: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}

/** The details that are stored only in sealed form. */
export const SECRET_DETAILS: ReadonlySet<string> = new Set(['client_secret', 'private_key']);

/** The name that app clients call the pool's own users by. */
export const OWN_USERS = 'COGNITO';
