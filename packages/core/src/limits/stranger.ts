import type { Client } from '../domain/clients/client.ts';
import type { Caller } from '../operation.ts';

/**
 * The source of a stranger's request: a network address, or `unknown`, which all requests without a known address share. `undefined` for
 * back ends, which send the requests of all their users from one address: those that sign, and those that know the app client's secret.
 */
export function strangerOf(caller: Caller, client: Client): string | undefined {
  if (caller.kind !== 'anyone' || client.secrets.length > 0) return undefined;
  return caller.source ?? 'unknown';
}
