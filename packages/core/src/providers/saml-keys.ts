import {
  generateSigningKey,
  importPrivateKey,
  sealedPlaces,
  selfSignedCertificate,
} from '../crypto/index.ts';
import type { PoolId } from '../domain/ids.ts';
import type { OperationContext } from '../operation.ts';
import type { SamlKeyUse } from '../ports/stores/saml-keys.ts';

/** Source: API model, GetSigningCertificate. */
const VALID_YEARS = 10;

/**
 * The certificate of one of the pool's key pairs for SAML, as base64 of its DER form; made when it is first asked for. Never call it in a
 * transaction. Source: API model, GetSigningCertificate; settings.md 5.1.
 */
export async function samlCertificate(
  ctx: OperationContext<never, 'samlKeys'>,
  poolId: PoolId,
  use: SamlKeyUse,
): Promise<string> {
  const { samlKeys } = ctx.stores;
  const kept = await samlKeys.get(poolId, use);
  if (kept !== undefined) return kept.certificate;
  const { privatePkcs8 } = await generateSigningKey();
  const secrets = await ctx.secretsOf(poolId);
  const place = sealedPlaces.samlKey(poolId, use);
  const made = {
    poolId,
    use,
    certificate: selfSignedCertificate(importPrivateKey(privatePkcs8), {
      commonName: poolId,
      serial: ctx.random.bytes(16),
      fromMs: ctx.nowMs,
      validYears: VALID_YEARS,
    }),
    sealedPrivate: secrets.seal(ctx.random, place, privatePkcs8),
    createdAtMs: ctx.nowMs,
  };
  // Of two requests that ask first, one makes the pair.
  if (await samlKeys.createIfAbsent(made)) return made.certificate;
  return (await samlKeys.get(poolId, use))?.certificate ?? made.certificate;
}
