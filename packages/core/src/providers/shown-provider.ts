import type { IdentityProviderType } from '@poolhouse/model';
import type { IdentityProvider } from '../domain/providers/identity-provider.ts';
import { toIdentityProviderType } from '../domain/providers/provider-shapes.ts';
import type { OperationContext } from '../operation.ts';
import { openSecrets } from './provider-secrets.ts';
import { samlCertificate } from './saml-keys.ts';

/** A provider as its operations return it. Source: federation-triggers.md 1.1. */
export async function shownProvider(
  ctx: OperationContext<never, 'samlKeys'>,
  provider: IdentityProvider,
): Promise<IdentityProviderType> {
  const secrets = await openSecrets(ctx, provider);
  if (provider.type !== 'SAML') return toIdentityProviderType(provider, secrets);
  const ActiveEncryptionCertificate = await samlCertificate(ctx, provider.poolId, 'encryption');
  return toIdentityProviderType(provider, { ...secrets, ActiveEncryptionCertificate });
}
