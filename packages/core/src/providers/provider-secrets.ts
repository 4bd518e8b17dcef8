import { sealedPlaces } from '../crypto/index.ts';
import {
  SECRET_DETAILS,
  type IdentityProvider,
  type ProviderDetails,
} from '../domain/providers/identity-provider.ts';
import type { TransactionContext } from '../operation.ts';

/** Details as they are stored: the secret ones sealed, bound to the provider. */
export async function sealDetails(
  ctx: TransactionContext<never, never>,
  { poolId, name }: Pick<IdentityProvider, 'poolId' | 'name'>,
  all: ProviderDetails,
): Promise<Pick<IdentityProvider, 'details' | 'sealedSecrets'>> {
  const isSecret = ([key]: readonly [string, string]) => SECRET_DETAILS.has(key);
  const entries = Object.entries(all);
  const secrets = Object.fromEntries(entries.filter(isSecret));
  const details = Object.fromEntries(entries.filter((entry) => !isSecret(entry)));
  if (Object.keys(secrets).length === 0) return { details };
  const pool = await ctx.secretsOf(poolId);
  const place = sealedPlaces.providerSecrets(poolId, name);
  return { details, sealedSecrets: pool.seal(ctx.random, place, JSON.stringify(secrets)) };
}

/** The secret details of a provider; none if it has none. */
export async function openSecrets(
  ctx: TransactionContext<never, never>,
  { poolId, name, sealedSecrets }: IdentityProvider,
): Promise<ProviderDetails> {
  if (sealedSecrets === undefined) return {};
  const pool = await ctx.secretsOf(poolId);
  const opened = pool.open(sealedPlaces.providerSecrets(poolId, name), sealedSecrets);
  return JSON.parse(opened.toString('utf8')) as ProviderDetails;
}
