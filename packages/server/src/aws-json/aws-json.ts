import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Failure, type Caller, type Execute, type Log, type Registry } from '@poolhouse/core';
import { decodeInput, encodeOutput } from '@poolhouse/model';
import { userAgentOf } from '../http/user-agent.ts';
import { sendAnswer, sendError, sendPreflight } from './answer.ts';
import { errorResponse, OVERLOADED } from './error-response.ts';
import { makeHoldBack } from './hold-back.ts';
import { parseJson } from './parse-json.ts';
import { requireAllowedPool } from './pool-scope.ts';
import { ProtocolFailure } from './protocol-failure.ts';
import { ClientGoneError, makeReadBody } from './read-body.ts';
import { makeRouter, type Route } from './router.ts';
import type { Verify } from './signature.ts';

/**
 * Requests in progress at the same time; further ones are refused at once, so that the accepted ones are answered soon (security.md F22).
 */
const MOST_AT_WORK = 1_000;

/** The parts of the AWS JSON protocol's endpoint. */
export interface AwsJsonParts {
  readonly registry: Registry;
  readonly execute: Execute;
  readonly verify: Verify;
  readonly log: Log;
  /** Where a request came from, as far as it can be told. */
  readonly sourceOf: (request: IncomingMessage) => string | undefined;
  /** Twelve digits, for ARNs. */
  readonly accountId: string;
  /** Requests in progress at the same time. */
  readonly mostAtWork?: number;
  /** What longer bodies may hold in memory together. */
  readonly bodyBudgetBytes?: number;
}

/**
 * Answers `POST /` (and its preflight) in AWS JSON 1.1, on the bare HTTP server. Never throws. Source: behaviour.md 1; performance.md.
 */
export type AwsJson = (request: IncomingMessage, response: ServerResponse) => void;

/** Makes the endpoint of the AWS JSON protocol. */
export function makeAwsJson(parts: AwsJsonParts): AwsJson {
  const { execute, verify, log, sourceOf, accountId, mostAtWork = MOST_AT_WORK } = parts;
  const routeTo = makeRouter(parts.registry);
  const readBody = makeReadBody(parts.bodyBudgetBytes);
  const holdBack = makeHoldBack();
  let atWork = 0;

  async function run(
    request: IncomingMessage,
    route: Route,
    body: Buffer,
    source: string | undefined,
  ): Promise<string> {
    const { name, operation } = route;
    const caller: Caller = route.signed
      ? { ...(await verify({ request, body, source })), source }
      : { kind: 'anyone', source };
    const decoded = decodeInput(name, parseJson(body, route.signed));
    if (!decoded.ok) {
      if (decoded.kind === 'constraint') {
        throw new Failure('InvalidParameterException', decoded.message);
      }
      throw new ProtocolFailure('SerializationException', decoded.message);
    }
    if (route.signed) requireAllowedPool(caller, name, decoded.input, accountId);
    const output = await execute(operation, decoded.input, caller, userAgentOf(request));
    return route.silent ? '' : JSON.stringify(encodeOutput(name, output as never));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    // Before anything is awaited: a connection that is closed meanwhile no longer has an address.
    const source = sourceOf(request);
    let route: Route | undefined;
    let letGo = () => {};
    try {
      const { body, ...held } = await readBody(request);
      ({ letGo } = held);
      route = routeTo(request.headers['x-amz-target']);
      if (atWork >= mostAtWork) {
        sendError(response, requestId, OVERLOADED);
        return;
      }
      atWork += 1;
      try {
        sendAnswer(response, requestId, await run(request, route, body, source));
      } finally {
        atWork -= 1;
      }
    } catch (error) {
      if (error instanceof ClientGoneError) return;
      const outcome = errorResponse(error, log, { requestId, operation: route?.name });
      await holdBack(error);
      if (response.headersSent) response.destroy();
      else sendError(response, requestId, outcome);
    } finally {
      letGo();
    }
  }

  return (request, response) => {
    if (request.method === 'OPTIONS') {
      sendPreflight(response, {
        headers: request.headers['access-control-request-headers'],
        method: request.headers['access-control-request-method'],
      });
      return;
    }
    answer(request, response).catch((error: unknown) => {
      log.error('answer.failed', { err: error });
      response.destroy();
    });
  };
}
