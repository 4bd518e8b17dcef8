import type { ProviderUserIdentifierType } from '@poolhouse/model';
import type { Pool } from '../domain/pools/pool.ts';
import { OWN_USERS, type IdentityProvider } from '../domain/providers/identity-provider.ts';
import { SUBJECT, type ProviderIdentity } from '../domain/providers/linked-identity.ts';
import { messages } from '../domain/texts.ts';
import { settingsTexts } from '../domain/settings-texts.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import { findByName, requireUser } from '../users/find-user.ts';

/** Source: federation-triggers.md 2.7. */
const LONGEST = 128;

/** Whether the API means a user of the pool itself. Source: API model, AdminLinkProviderForUser. */
export function isOwnUser({ ProviderName }: ProviderUserIdentifierType): boolean {
  return ProviderName?.toUpperCase() === OWN_USERS;
}

/** The name of the user who signs in through a provider with this id. Source: federation-triggers.md 2.6. */
const federatedName = (provider: string, id: string) => `${provider}_${id}`;

/** The user to whom an identity is linked: one of the pool's own by user name, or one of a provider by its id. */
export async function requireDestination(
  ctx: TransactionContext<'InvalidParameterException' | 'UserNotFoundException', 'users'>,
  pool: Pool,
  destination: ProviderUserIdentifierType,
): Promise<User> {
  const { ProviderName: name, ProviderAttributeValue: value } = destination;
  if (!name || !value) {
    return ctx.fail('InvalidParameterException', messages.linkIncomplete('DestinationUser'));
  }
  if (isOwnUser(destination)) return requireUser(ctx, pool, value);
  const user = await findByName(ctx, pool, federatedName(name, value));
  return user ?? ctx.fail('UserNotFoundException', messages.userNotFound);
}

/** The identity that a request names, all of it. */
export function requireIdentity(
  ctx: TransactionContext<'InvalidParameterException', never>,
  member: 'SourceUser' | 'User',
  given: ProviderUserIdentifierType,
): ProviderIdentity {
  const { ProviderName, ProviderAttributeName, ProviderAttributeValue } = given;
  if (!ProviderName || !ProviderAttributeName || !ProviderAttributeValue) {
    return ctx.fail('InvalidParameterException', messages.linkIncomplete(member));
  }
  return {
    providerName: ProviderName,
    attributeName: ProviderAttributeName,
    attributeValue: ProviderAttributeValue,
  };
}

/** The identity to be linked, and its provider: one that the pool has, by an attribute that it gives, and not a user already. */
export async function requireSource(
  ctx: TransactionContext<'InvalidParameterException', 'users' | 'identityProviders'>,
  pool: Pool,
  given: ProviderUserIdentifierType,
): Promise<{ readonly identity: ProviderIdentity; readonly provider: IdentityProvider }> {
  if (isOwnUser(given)) ctx.fail('InvalidParameterException', messages.sourceIsOwnUser);
  const identity = requireIdentity(ctx, 'SourceUser', given);
  const { providerName, attributeName, attributeValue } = identity;
  const provider = await ctx.stores.identityProviders.get(pool.id, providerName);
  if (provider === undefined) {
    const text = settingsTexts.providerUnknown(providerName, pool.id);
    return ctx.fail('InvalidParameterException', text);
  }
  const isGiven =
    attributeName === SUBJECT ||
    ((provider.type === 'OIDC' || provider.type === 'SAML') &&
      Object.hasOwn(provider.attributeMapping, attributeName));
  if (!isGiven) {
    return ctx.fail('InvalidParameterException', messages.linkAttribute(attributeName));
  }
  if (providerName.length + attributeName.length + attributeValue.length > LONGEST) {
    ctx.fail('InvalidParameterException', messages.linkTooLong(LONGEST));
  }
  const isUser = await findByName(ctx, pool, federatedName(providerName, attributeValue));
  if (attributeName === SUBJECT && isUser !== undefined) {
    ctx.fail('InvalidParameterException', messages.sourceIsUser);
  }
  return { identity, provider };
}
