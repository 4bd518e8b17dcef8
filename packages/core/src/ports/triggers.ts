import type { LambdaConfigType } from '@poolhouse/model';
import type { Pool } from '../domain/pools/pool.ts';
import type { Trigger } from '../domain/pools/unbuilt-settings.ts';

/** The event that a function is called with. Source: behaviour.md 8.1, federation-triggers.md 3.1. */
export interface TriggerEvent {
  readonly version: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  /** The trigger and the flow, such as `CustomMessage_SignUp`. */
  readonly triggerSource: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** The members that the function may set. */
  readonly response: Readonly<Record<string, unknown>>;
}

/** The result of a call, as the caller needs it. */
export type TriggerAnswer =
  /** `output` is whatever the function returned, unchecked. */
  | { readonly kind: 'returned'; readonly output: unknown }
  /** The function itself refused. */
  | { readonly kind: 'threw'; readonly message: string }
  /** It could not be called, or took too long. `error` is for the caller, such as `AccessDeniedException`. */
  | { readonly kind: 'unreachable'; readonly error: string };

/**
 * Calls the functions of pools' owners. Never in a transaction: a function takes seconds, and may call this server. A function may be
 * called twice for one request, if the first call was not answered in time.
 */
export interface TriggerRunner {
  run(
    pool: Pool,
    trigger: Trigger,
    functionOf: LambdaConfigType[Trigger],
    event: TriggerEvent,
  ): Promise<TriggerAnswer>;
}
