import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { Cx } from '../operation.ts';

/** One InitiateAuth or AdminInitiateAuth, resolved. */
export interface SignInRequest {
  readonly pool: Pool;
  readonly client: Client;
  /** AuthParameters; its keys are upper case. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A parameter that the flow cannot do without. Source: behaviour.md 6.1, step 5. */
export function requireParameter(
  cx: Cx<'InvalidParameterException', never>,
  parameters: Readonly<Record<string, string>>,
  name: string,
): string {
  return (
    parameters[name] || cx.fail('InvalidParameterException', `Missing required parameter ${name}`)
  );
}
