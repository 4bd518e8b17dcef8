import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { hasTrigger, type Trigger } from '../domain/pools/unbuilt-settings.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { OperationContext } from '../operation.ts';

/** The errors that a function of the pool's owner can end an operation with. */
export type TriggerError =
  'InvalidLambdaResponseException' | 'UnexpectedLambdaException' | 'UserLambdaValidationException';

/** Where somebody calls without an app client. Source: federation-triggers.md 3.1. */
const NO_CLIENT = 'CLIENT_ID_NOT_APPLICABLE';
/** What the service says for browsers and for what it does not know. Source: federation-triggers.md 3.1. */
const UNKNOWN_SDK = 'aws-sdk-unknown-unknown';

/** One call of a function. */
export interface TriggerCall {
  readonly trigger: Trigger;
  /** What the call is for: `SignUp` of `CustomMessage_SignUp`. */
  readonly cause: string;
  readonly user: Pick<User, 'username' | 'attributes'> & Partial<Pick<User, 'sub' | 'status'>>;
  readonly client: Client | undefined;
  /** Members beside the user's attributes and the client's metadata. */
  readonly request: Readonly<Record<string, unknown>>;
  /** The members that the function may fill, as it gets them. */
  readonly response: Readonly<Record<string, unknown>>;
  /** Whether the client's metadata is kept from it, as from some functions at InitiateAuth. Source: federation-triggers.md 3.4. */
  readonly hidesMetadata?: boolean;
}

/**
 * Calls the pool's function for a trigger, and answers the `response` that it returned; `undefined` where the pool has none. Its
 * members may be anything. Ends with what the service says where the function refuses, cannot be reached, or returns no event; and
 * where functions cannot be run here, as what this one would have forbidden or changed must not happen without it. It takes an
 * operation's context: nothing that runs in a transaction can wait for a function.
 * Source: behaviour.md 8, federation-triggers.md 3.
 */
export async function callTrigger(
  ctx: OperationContext<TriggerError, never>,
  pool: Pool,
  { trigger, cause, user, client, request, response, hidesMetadata = false }: TriggerCall,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!hasTrigger(pool, trigger)) return undefined;
  const { triggers } = ctx.world;
  if (triggers === undefined) {
    return ctx.fail('UnexpectedLambdaException', messages.triggerNotRun(trigger));
  }
  const { clientMetadata } = ctx.request;
  const event = {
    version: '1',
    region: pool.region,
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: UNKNOWN_SDK, clientId: client?.id ?? NO_CLIENT },
    triggerSource: `${sourceOf(trigger)}_${cause}`,
    request: {
      userAttributes: userAttributesOf(user),
      ...request,
      ...(clientMetadata && !hidesMetadata && { clientMetadata }),
    },
    response,
  };
  const answer = await triggers.run(pool, trigger, pool.settings.LambdaConfig?.[trigger], event);
  switch (answer.kind) {
    case 'threw':
      return ctx.fail(
        'UserLambdaValidationException',
        messages.triggerThrew(trigger, answer.message),
      );
    case 'unreachable':
      return ctx.fail(
        'UnexpectedLambdaException',
        messages.triggerUnreachable(trigger, answer.error),
      );
    case 'returned':
      return responseIn(answer.output) ?? refuseOutput(ctx);
  }
}

/** Ends with what the service says of a function's output that it cannot use. Source: behaviour.md 8.2. */
export function refuseOutput(
  ctx: OperationContext<'InvalidLambdaResponseException', never>,
  detail?: string,
): never {
  return ctx.fail('InvalidLambdaResponseException', messages.triggerOutput, detail);
}

function responseIn(output: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof output !== 'object' || output === null || !('response' in output)) return undefined;
  const { response } = output;
  return typeof response === 'object' && response !== null && !Array.isArray(response)
    ? (response as Readonly<Record<string, unknown>>)
    : undefined;
}

/** One trigger's events are called otherwise than the trigger. Source: behaviour.md 7.5. */
function sourceOf(trigger: Trigger): string {
  return trigger === 'PreTokenGeneration' ? 'TokenGeneration' : trigger;
}

/** Strings, as the service has them; `sub` and status only of somebody who is stored already. */
function userAttributesOf({ attributes, sub, status }: TriggerCall['user']) {
  return {
    ...(sub !== undefined && { sub }),
    ...(status !== undefined && { 'cognito:user_status': status }),
    ...attributes,
  };
}
