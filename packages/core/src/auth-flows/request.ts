import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
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

/**
 * Refuses who has not confirmed yet before the password is looked at; where the client hides who exists, only who knows the
 * password is told (see `afterPassword`). Source: behaviour.md 6.1.
 */
export function requireConfirmed(
  cx: Cx<'UserNotConfirmedException', never>,
  client: Client,
  { status }: User,
): void {
  if (status === 'UNCONFIRMED' && !hidesUsers(client)) {
    cx.fail('UserNotConfirmedException', messages.userNotConfirmed);
  }
}
