import { openState, type KeyObject } from '../crypto/index.ts';
import type { AuthEvent } from '../domain/protection/auth-event.ts';
import type { TransactionContext } from '../operation.ts';
import type { LastUse } from '../tokens/last-use.ts';

/** Where an event came from, as far as it is known. Only what the network says of the address is verified. */
export interface EventContext extends LastUse {
  /** Of the device: `-07:00`. */
  readonly timezone?: string | undefined;
}

/** The key of a pool's events. */
export async function eventsKey(
  ctx: TransactionContext<never, never>,
  poolId: string,
): Promise<KeyObject> {
  return (await ctx.secretsOf(poolId)).subkey('auth-events');
}

/** What an event's context is sealed for: nothing else, and no other event. */
export function eventContextPurpose(id: string): string {
  return `auth event ${id}`;
}

/** Opens an event's context; empty when the event is older than events are kept. */
export function openEventContext(
  key: KeyObject,
  { id, sealedContext }: AuthEvent,
  nowMs: number,
): EventContext {
  const opened = openState<EventContext>(key, eventContextPurpose(id), sealedContext, nowMs);
  return opened.ok ? opened.value : {};
}

/**
 * The time zone that a device says it has; `undefined` where it says none. What is given is base64 of JSON whose `payload` is JSON again.
 * Source: federation-triggers.md 5.3.
 */
export function timezoneOf(encodedData: string | undefined): string | undefined {
  if (!encodedData) return undefined;
  const data = parsed(Buffer.from(encodedData, 'base64').toString('utf8'));
  const { contextData } = parsed(textOf(data['payload']));
  const said = textOf(
    (contextData as Readonly<Record<string, unknown>> | undefined)?.['ClientTimezone'],
  );
  return /^[+-]?\d{2}:\d{2}$/.test(said) ? said : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
