import type { IssuerConfigurationType } from '@poolhouse/model';
import { regionOf } from '../ids.ts';
import type { Pool } from '../pools/pool.ts';

/** Who a pool's tokens say they are from: `own` is this server under its public URL, `aws` the name that Cognito has there. */
export type IssuerForm = 'own' | 'aws';

/** The setting that a new pool gets which says none; `own` is what the absence of a setting means. */
export function issuerConfigurationOf(form: IssuerForm): IssuerConfigurationType | undefined {
  return form === 'aws' ? { Type: 'ORIGINAL' } : undefined;
}

/**
 * The `iss` of a pool's tokens, without a trailing slash: AWS-shaped where `IssuerConfiguration.Type` is `ORIGINAL`
 * (what Cognito calls its first form), else this server's own URL and the pool id.
 */
export function issuerOf(pool: Pool, publicUrl: string): string {
  return pool.settings.IssuerConfiguration?.Type === 'ORIGINAL'
    ? `https://cognito-idp.${regionOf(pool.id)}.amazonaws.com/${pool.id}`
    : `${publicUrl}/${pool.id}`;
}
