import { operations, type OperationName } from '@poolhouse/model';
import type { Client } from '../domain/clients/client.ts';
import type { Caller, OperationContext } from '../operation.ts';
import type { StoreName } from '../ports/stores/index.ts';
import type { WorkOrder } from '../ports/work-order.ts';

/** A back end sends many people's requests from one address. */
const BACK_END_WEIGHT = 8;

/**
 * Whose work a request is, and whether it belongs to the share that strangers and administration cannot take. The server's own work names
 * no operation.
 */
export function orderOf(caller: Caller, operation: OperationName | undefined): WorkOrder {
  const purpose =
    operation !== undefined && operations[operation].isForAccounts ? 'account' : 'other';
  return caller.kind === 'anyone'
    ? { source: `address ${caller.source ?? ''}`, weight: 1, purpose }
    : { source: `${caller.kind} ${caller.id}`, weight: BACK_END_WEIGHT, purpose };
}

/**
 * The same context for a request that has proved that it knows the app client's secret: its work counts for that client, not for the
 * address that the back end shares with everybody. Nothing slow is done before the secret is proved.
 */
export function onBehalfOf<Code extends string, Store extends StoreName>(
  ctx: OperationContext<Code, Store>,
  client: Client,
): OperationContext<Code, Store> {
  if (client.secrets.length === 0 || ctx.caller.kind !== 'anyone') return ctx;
  return {
    ...ctx,
    order: { ...ctx.order, source: `client ${client.id}`, weight: BACK_END_WEIGHT },
  };
}
