import { clientId, poolId } from '@poolhouse/core';

/** The region of the administrators' pool. No access key acts in it: the pool is the console's own. */
export const ADMINISTRATORS_REGION = 'console';
/** The pool of the people who may use the console. */
export const ADMINISTRATORS_POOL = poolId('console_Administrators');
/** The group of this server's owners. */
export const OWNERS = 'owner';
/** The console's own app client: public, and for SRP only. */
export const CONSOLE_CLIENT = clientId('poolhouseconsole0000000000');

/** Whether a request is about the administrators' pool, which no caller may see: everything that accepts requests checks this. */
export function isConsolesOwn({
  pool,
  region,
}: {
  readonly pool: string | undefined;
  readonly region?: string | undefined;
}): boolean {
  return pool === ADMINISTRATORS_POOL || region === ADMINISTRATORS_REGION;
}
