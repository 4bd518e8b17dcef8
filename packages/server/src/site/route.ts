import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ParsedUrlQuery } from 'node:querystring';

/** A request as it reaches a route; `Names` are the parameters of the route's path. */
export type Request<Names extends string = string> = IncomingMessage & {
  /** The path of the target as it was sent, neither decoded nor normalised. */
  readonly path: string;
  /** The rest of the path below what the route names. */
  readonly rest: string;
  readonly query: ParsedUrlQuery;
  /** Decoded. */
  readonly params: Readonly<Record<Names, string>>;
  /** The parsed body, if the route reads one. */
  body?: unknown;
};

/** The response being made. */
export type Response = ServerResponse;

/** Returned by a handler to leave the request to the routes after its own. */
export const PASS = Symbol('pass');

/** Answers a request, or returns {@link PASS}. What it throws is answered as an error. */
export type Handler<Names extends string = string> = (
  request: Request<Names>,
  response: Response,
) => unknown;

/** The methods of the site; a GET route answers HEAD too. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A path with its handler. */
export interface Route {
  /** `undefined` for all methods, and for everything below the path. */
  readonly method: Method | undefined;
  /**
   * Consists of texts, `:names`, and, at the end, perhaps `{*path}`, which matches anything or nothing. Case and a trailing slash make no
   * difference.
   */
  readonly path: string;
  readonly handle: Handler;
}

/** `/pools/:pool/users/:user` has `pool` and `user`, `/{*path}` has `path`. */
type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : Path extends `${string}{*${infer Name}}`
      ? Name
      : never;

/** A route for one method. */
export function route<Path extends string>(
  method: Method,
  path: Path,
  handle: Handler<NamesIn<Path>>,
): Route {
  // The path has the parameters that the handler asks for.
  return { method, path, handle };
}

/** A route for every request at a path and below it. */
export function below<Path extends string>(path: Path, handle: Handler<NamesIn<Path>>): Route {
  return { method: undefined, path, handle };
}

/** A request that cannot be understood, or exceeds a limit: the client's own mistake. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  /** The status of the response. */
  readonly status: 400 | 412 | 413 | 415;

  constructor(status: BadRequest['status'], reason: string) {
    super(reason);
    this.status = status;
  }
}
