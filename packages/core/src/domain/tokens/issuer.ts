import { regionOf } from '../ids.ts';
import type { Pool } from '../pools/pool.ts';

/**
 * The `iss` of a pool's tokens, without a trailing slash: AWS-shaped where `IssuerConfiguration.Type` is `ORIGINAL`
 * (what Cognito calls its first form), else this server's own URL and the pool id.
 */
export function issuerOf(pool: Pool, publicUrl: string): string {
  return pool.settings.IssuerConfiguration?.Type === 'ORIGINAL'
    ? `https://cognito-idp.${regionOf(pool.id)}.amazonaws.com/${pool.id}`
    : `${publicUrl}/${pool.id}`;
}
