import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Log } from '@poolhouse/core';

/** A part of the site that Express carries, and the path under which it stands. */
export interface Mount {
  readonly path: string;
  readonly router: RequestHandler;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']);

/** Makes the Express application for everything that is not answered on the bare HTTP server. */
export function makeExpressApp(mounts: readonly Mount[], log: Log): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', false);
  app.use(noStore);
  app.use(knownMethods);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          objectSrc: ["'none'"],
        },
      },
      frameguard: { action: 'deny' },
    }),
  );
  for (const { path, router } of mounts) app.use(path, router);
  app.use(notFound);
  app.use(failed(log));
  return app;
}

/** Nothing is kept unless its own route says so: pages, and their errors too, hold what belongs to one person (security.md R12). */
const noStore: RequestHandler = (_, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

const knownMethods: RequestHandler = (request, response, next) => {
  if (METHODS.has(request.method)) next();
  else
    response
      .status(405)
      .set('Allow', [...METHODS].join(', '))
      .json({ message: 'Method Not Allowed' });
};

const notFound: RequestHandler = (_, response) => {
  response.status(404).json({ message: 'Not Found' });
};

/** Express knows an error handler by its four parameters. */
function failed(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const status = statusOf(error);
    if (status >= 500)
      log.error('page.failed', { method: request.method, path: request.path, err: error });
    if (response.headersSent) next(error);
    else
      response
        .status(status)
        .json({ message: status >= 500 ? 'Internal server error' : 'Bad Request' });
  };
}

/** Express and its body parsers mark the client's own mistakes with a status below 500. */
function statusOf(error: unknown): number {
  const status = (error as { readonly status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
