import { clientId, poolId } from '@poolhouse/core';

/** The region of the administrators' pool. No access key acts in it: the pool is the console's own. */
export const ADMINISTRATORS_REGION = 'console';
/** The pool of those who may use the console. */
export const ADMINISTRATORS_POOL = poolId('console_Administrators');
/** The console's own app client: public, and for SRP only. */
export const CONSOLE_CLIENT = clientId('poolhouseconsole0000000000');
