import type { Operation, Registry } from '@poolhouse/core';
import { isOperationName, operations, type OperationName } from '@poolhouse/model';
import { ProtocolFailure } from './protocol-failure.ts';

/** The service's name in `X-Amz-Target`. Source: behaviour.md 1.1. */
const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.';

/** Where a request goes. */
export interface Route {
  readonly name: OperationName;
  readonly operation: Operation;
  /** Whether the request must be signed with an access key. */
  readonly signed: boolean;
  /** Whether the response has no body, because the API declares no output (behaviour.md 1.3). */
  readonly silent: boolean;
}

/** Finds the operation that an `X-Amz-Target` header names, or throws UnknownOperationException. Source: behaviour.md 1.4. */
export type Router = (target: string | string[] | undefined) => Route;

/** Makes the routes to all operations that are built. */
export function makeRouter(registry: Registry): Router {
  const routes = new Map<unknown, Route>();
  for (const [name, operation] of registry) {
    const { authorisation, output } = operations[name];
    routes.set(TARGET_PREFIX + name, {
      name,
      operation,
      signed: authorisation === 'iam',
      silent: output === null,
    });
  }
  return (target) => {
    const route = routes.get(target);
    if (route !== undefined) return route;
    const text = typeof target === 'string' ? target : '';
    const name = text.startsWith(TARGET_PREFIX) ? text.slice(TARGET_PREFIX.length) : '';
    throw new ProtocolFailure(
      'UnknownOperationException',
      // The service sends no text here; for operations that it has and we do not, a text helps.
      isOperationName(name) ? `${name} is not available on this server` : '',
    );
  };
}
