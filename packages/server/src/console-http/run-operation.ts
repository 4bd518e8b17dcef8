import {
  Failure,
  messages,
  PoolGoneError,
  registry,
  StorageUnavailableError,
  type Execute,
} from '@poolhouse/core';
import {
  decodeInput,
  encodeOutput,
  isOperationName,
  operations,
  poolNamedBy,
  type OperationName,
} from '@poolhouse/model';
import { isRegionName } from '@poolhouse/rules';
import { isConsolesOwn } from '../pools/administrators-pool.ts';
import { regionOfRequest } from '../pools/region-of-request.ts';
import { refuse } from './guard.ts';
import { includes, leastRole, type Role } from './roles.ts';
import type { ConsoleSession } from './session.ts';
import type { Request, Response } from '../site/route.ts';
import { Misshapen } from '../shapes/shape.ts';
import { sendJson } from '../site/send.ts';
import { userAgentOf } from '../http/user-agent.ts';

/** Runs an operation of the API for an administrator: the same decoder, operation and encoder, with a role in place of a signature. */
export async function runOperation(
  { execute, region: pinned }: { readonly execute: Execute; readonly region: string | undefined },
  request: Request<'name'>,
  response: Response,
  { session, source }: { readonly session: ConsoleSession; readonly source: string | undefined },
): Promise<void> {
  const { name } = request.params;
  if (!isOperationName(name)) return refuse(response, 'NotFound');
  const least = leastRole(name);
  const operation = registry.get(name);
  if (least === undefined || operation === undefined) return refuse(response, 'NotFound');
  if (!includes(session.role, least)) return refuse(response, 'Forbidden');
  const { region: chosen, input } = (request.body ?? {}) as { region?: unknown; input?: unknown };
  if (typeof chosen !== 'string' || !isRegionName(chosen)) return refuse(response, 'BadRequest');
  const decoded = decodeInput(name, input);
  if (!decoded.ok) {
    const code =
      decoded.kind === 'constraint' ? 'InvalidParameterException' : 'SerializationException';
    sendJson(response, { code, message: decoded.message }, 400);
    return;
  }
  if (isConsolesOwn({ pool: poolNamedBy(name, decoded.input), region: chosen })) {
    return refuse(response, 'NotFound');
  }
  const region = regionOfRequest(name, decoded.input, chosen);
  if (pinned !== undefined && region !== pinned) {
    return refuse(response, 'BadRequest', `This server keeps pools of the region ${pinned} only.`);
  }
  try {
    const caller = { kind: 'administrator', id: session.username, region, source } as const;
    const output = await execute(operation, decoded.input, caller, userAgentOf(request));
    sendJson(response, masked(encodeOutput(name, output as never), session.role));
  } catch (error) {
    if (!sendFailure(error, response)) throw error;
  }
}

/** Sends an operation's refusal, or what is wrong with an input; `false` if the error is not a refusal. */
export function sendFailure(error: unknown, response: Response): boolean {
  if (error instanceof Failure) {
    sendJson(response, { code: error.code, message: error.message }, 400);
    return true;
  }
  if (error instanceof Misshapen) {
    refuse(response, 'BadRequest', error.message);
    return true;
  }
  // Operations report this themselves; this is for reports about a pool that is just being deleted.
  if (error instanceof PoolGoneError) {
    const message = messages.poolNotFound(error.poolId ?? '');
    sendJson(response, { code: 'ResourceNotFoundException', message }, 400);
    return true;
  }
  if (error instanceof StorageUnavailableError) {
    const message = 'The database does not answer. Nothing was changed; try again soon.';
    sendJson(response, { code: 'Unavailable', message }, 503);
    return true;
  }
  return false;
}

/**
 * Only owners can read the secrets of app clients and of identity providers (security.md V11), and the address that takes the file of an import: who has it
 * decides whom an owner imports.
 */
function masked(output: unknown, role: Role): unknown {
  if (role === 'owner') return output;
  const { UserPoolClient, IdentityProvider, UserImportJob, UserImportJobs } = output as {
    UserImportJob?: object;
    UserImportJobs?: readonly object[];
    UserPoolClient?: { ClientSecret?: unknown };
    IdentityProvider?: { ProviderDetails?: { client_secret?: unknown } };
  };
  if (UserPoolClient?.ClientSecret !== undefined) {
    return { ...(output as object), UserPoolClient: { ...UserPoolClient, ClientSecret: MASK } };
  }
  const withoutAddress = (job: object) => ({ ...job, PreSignedUrl: MASK });
  if (UserImportJob !== undefined) return { UserImportJob: withoutAddress(UserImportJob) };
  if (UserImportJobs !== undefined) {
    return { ...(output as object), UserImportJobs: UserImportJobs.map(withoutAddress) };
  }
  const { ProviderDetails: details } = IdentityProvider ?? {};
  if (details?.client_secret === undefined) return output;
  const ProviderDetails = { ...details, client_secret: MASK };
  return { ...(output as object), IdentityProvider: { ...IdentityProvider, ProviderDetails } };
}

const MASK = '********';

/** The console's operations, each with its least role, so that the application offers only what is permitted. */
export function offeredOperations(): Readonly<Record<string, Role>> {
  const offered: Record<string, Role> = {};
  for (const name of Object.keys(operations) as OperationName[]) {
    const least = leastRole(name);
    if (least !== undefined) offered[name] = least;
  }
  return offered;
}
