import type { Request, Response } from 'express';
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
import { isConsolesOwn } from '../administrators-pool.ts';
import { regionOfRequest } from '../region-of-request.ts';
import { refuse } from './guard.ts';
import { includes, leastRole, type Role } from './roles.ts';
import type { ConsoleSession } from './session.ts';

const REGION = /^[A-Za-z0-9-]{1,32}$/;

/**
 * Runs an operation of the API for an administrator: the same decoder, the same operation, the same encoder, with the role
 * in the place of a signature.
 */
export async function runOperation(
  { execute, region: pinned }: { readonly execute: Execute; readonly region: string | undefined },
  request: Request,
  response: Response,
  { session, source }: { readonly session: ConsoleSession; readonly source: string | undefined },
): Promise<void> {
  const { name } = request.params;
  if (typeof name !== 'string' || !isOperationName(name)) return refuse(response, 'NotFound');
  const least = leastRole(name);
  const operation = registry.get(name);
  if (least === undefined || operation === undefined) return refuse(response, 'NotFound');
  if (!includes(session.role, least)) return refuse(response, 'Forbidden');
  const { region: chosen, input } = (request.body ?? {}) as { region?: unknown; input?: unknown };
  if (typeof chosen !== 'string' || !REGION.test(chosen)) return refuse(response, 'BadRequest');
  const decoded = decodeInput(name, input);
  if (!decoded.ok) {
    const code =
      decoded.kind === 'constraint' ? 'InvalidParameterException' : 'SerializationException';
    response.status(400).json({ code, message: decoded.message });
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
    const output = await execute(operation, decoded.input, {
      kind: 'administrator',
      id: session.username,
      region,
      source,
    });
    response.json(masked(encodeOutput(name, output as never), session.role));
  } catch (error) {
    if (!sendFailure(error, response)) throw error;
  }
}

/** Sends an operation's refusal; `false` for what is no refusal. */
export function sendFailure(error: unknown, response: Response): boolean {
  if (error instanceof Failure) {
    response.status(400).json({ code: error.code, message: error.message });
    return true;
  }
  // Beside the operations, which say it themselves: a report about a pool that goes just now.
  if (error instanceof PoolGoneError) {
    const message = messages.poolNotFound(error.poolId ?? '');
    response.status(400).json({ code: 'ResourceNotFoundException', message });
    return true;
  }
  if (error instanceof StorageUnavailableError) {
    const message = 'The database does not answer. Nothing was changed; try again soon.';
    response.status(503).json({ code: 'Unavailable', message });
    return true;
  }
  return false;
}

/** Only owners read secrets of app clients (security.md V11). */
function masked(output: unknown, role: Role): unknown {
  if (role === 'owner') return output;
  const { UserPoolClient } = output as { UserPoolClient?: { ClientSecret?: unknown } };
  if (UserPoolClient?.ClientSecret === undefined) return output;
  return { ...(output as object), UserPoolClient: { ...UserPoolClient, ClientSecret: '********' } };
}

/** The console's operations with the least role of each, for the application to offer what may be done. */
export function offeredOperations(): Readonly<Record<string, Role>> {
  const offered: Record<string, Role> = {};
  for (const name of Object.keys(operations) as OperationName[]) {
    const least = leastRole(name);
    if (least !== undefined) offered[name] = least;
  }
  return offered;
}
