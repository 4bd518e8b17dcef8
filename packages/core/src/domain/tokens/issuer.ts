import type { IssuerConfigurationType } from '@poolhouse/model';
import { regionOf } from '../ids.ts';
import type { Pool } from '../pools/pool.ts';

/** The issuer of a pool's tokens: `own` is this server under its public URL, `aws` the name that Cognito would have. */
export type IssuerForm = 'own' | 'aws';

/** The setting of a new pool that does not specify one; without the setting, a pool has `own`. */
export function issuerConfigurationOf(form: IssuerForm): IssuerConfigurationType | undefined {
  return form === 'aws' ? { Type: 'ORIGINAL' } : undefined;
}

/**
 * The `iss` of a pool's tokens, without a trailing slash: AWS-shaped if `IssuerConfiguration.Type` is `ORIGINAL` (Cognito's name for its
 * first form), otherwise this server's own URL and the pool id.
 */
export function issuerOf(pool: Pool, publicUrl: string): string {
  return pool.settings.IssuerConfiguration?.Type === 'ORIGINAL'
    ? `https://cognito-idp.${regionOf(pool.id)}.amazonaws.com/${pool.id}`
    : `${publicUrl}/${pool.id}`;
}
