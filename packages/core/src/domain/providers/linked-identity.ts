import type { PoolId, Sub } from '../ids.ts';
import type { User } from '../users/user.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** Somebody at a provider: the one whose attribute has a value. */
export interface ProviderIdentity {
  readonly providerName: string;
  /** {@link SUBJECT}, or an attribute of the pool that the provider's mapping gives. */
  readonly attributeName: string;
  readonly attributeValue: string;
}

/** An identity that signs in a user of the pool. */
export interface LinkedIdentity extends ProviderIdentity {
  readonly poolId: PoolId;
  readonly sub: Sub;
  readonly createdAtMs: number;
}

/** What the API calls the provider's own id of a person. */
export const SUBJECT = 'Cognito_Subject';

/** One entry of a user's `identities`. Source: federation-triggers.md 2.6. */
interface Listed {
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: string;
  readonly issuer: string | null;
  readonly primary: boolean;
  readonly dateCreated: number;
}

function listed(user: Pick<User, 'attributes'>): readonly Listed[] {
  return JSON.parse(user.attributes['identities'] ?? '[]') as Listed[];
}

/** The user with the identity among its `identities`; one that is known by an attribute shows there once it has signed in (unsure). */
export function withIdentity(
  user: User,
  { attributeName, attributeValue: userId, createdAtMs: dateCreated }: LinkedIdentity,
  { name: providerName, type: providerType }: Pick<IdentityProvider, 'name' | 'type'>,
): User {
  if (attributeName !== SUBJECT) return user;
  const entry = { userId, providerName, providerType, issuer: null, primary: false, dateCreated };
  return withListed(user, [...listed(user), entry]);
}

/** The user without the identity. */
export function withoutIdentity(
  user: User,
  { attributeName, attributeValue, providerName }: ProviderIdentity,
): User {
  if (attributeName !== SUBJECT) return user;
  const others = listed(user).filter(
    (one) => one.userId !== attributeValue || one.providerName !== providerName,
  );
  return withListed(user, others);
}

function withListed(user: User, identities: readonly Listed[]): User {
  const { identities: _before, ...attributes } = user.attributes;
  return identities.length === 0
    ? { ...user, attributes }
    : { ...user, attributes: { ...attributes, identities: JSON.stringify(identities) } };
}
