import { operations, type OperationName } from '@poolhouse/model';
import type { Client } from '../domain/clients/client.ts';
import type { Caller, OperationContext } from '../operation.ts';
import type { StoreName } from '../ports/stores/index.ts';
import type { WorkOrder } from '../ports/work-order.ts';

/** A back end sends the requests of many people from one address. */
const BACK_END_WEIGHT = 8;

/** Whose work a request is, and whether it belongs to the share that is kept free of strangers and of administration. Work of the server itself names no operation. */
export function orderOf(caller: Caller, operation: OperationName | undefined): WorkOrder {
  const purpose =
    operation !== undefined && operations[operation].isForAccounts ? 'account' : 'other';
  return caller.kind === 'anyone'
    ? { source: `address ${caller.source ?? ''}`, weight: 1, purpose }
    : { source: `${caller.kind} ${caller.id}`, weight: BACK_END_WEIGHT, purpose };
}

/**
 * The same context for a request that has proved to know the app client's secret: what it costs counts for that client, not for
 * the address that its back end shares with everybody. Nothing slow is done before the secret is proved.
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
