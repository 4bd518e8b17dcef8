import { Router, type Request, type RequestHandler } from 'express';
import { requireSignedIn, serverContext, Failure } from '@poolhouse/core';
import {
  ADMINISTRATORS_POOL,
  ADMINISTRATORS_REGION,
  CONSOLE_CLIENT,
  isConsolesOwn,
} from '../administrators-pool.ts';
import { DEFAULT_REGION } from '../default-region.ts';
import type { AuditWatch } from '../audit-watch.ts';
import { hasOwner, makeFirstOwner, type AdministratorParts } from './administrators.ts';
import { appFiles } from './app-files.ts';
import { makeGuard, refuse } from './guard.ts';
import { addAccount } from './account.ts';
import { addAdministrators } from './administrator-routes.ts';
import { addMessages } from './messages.ts';
import { addAuditReports } from './audit-reports.ts';
import { addReports } from './reports.ts';
import { addUserLists } from './user-lists.ts';
import { offeredOperations, runOperation, sendFailure } from './run-operation.ts';
import { makeConsoleSessions, type ConsoleSession } from './session.ts';
import { checkSetUpToken, spendSetUpToken, type SetUpWorth } from './set-up.ts';
import type { SourceOf } from '../source-address.ts';

/** What the console is served with. */
export interface ConsoleParts extends AdministratorParts {
  /** The one region that the configuration allows, if it pins one. */
  readonly region: string | undefined;
  /** Where a request came from, as far as it can be told. */
  readonly sourceOf: SourceOf;
  readonly auditWatch: Pick<AuditWatch, 'status' | 'check'>;
  /** Folder of the built application. */
  readonly appFolder: string;
}

/** The console: its own API under `/api`, and the Angular application for everything else. To be mounted at `/console`. */
export function consoleRoutes(parts: ConsoleParts): Router {
  const router = Router();
  router.use('/api', apiRoutes(parts), notFound);
  router.use(appFiles(parts.appFolder));
  return router;
}

function apiRoutes(parts: ConsoleParts): Router {
  const { storage, world } = parts;
  const sessions = makeConsoleSessions(storage, world);
  const guard = makeGuard(sessions, world, parts.sourceOf);
  const router = Router();

  // Whatever is asked about a pool in a path, it is not the administrators' own.
  router.param('pool', (_, response, next, pool: string) => {
    if (isConsolesOwn({ pool })) refuse(response, 'NotFound');
    else next();
  });

  router.get('/config', (_, response, next) => {
    const send = async () => {
      response.json({
        userPoolId: ADMINISTRATORS_POOL,
        clientId: CONSOLE_CLIENT,
        regions: await regions(parts),
        needsSetUp: !(await hasOwner(storage)),
      });
    };
    send().catch(next);
  });

  router.post(
    '/set-up',
    guard.opens(async (request, response, source) => {
      const { token, username, email, password } = textsOf(request);
      if (!token || !username || !email || !password) return refuse(response, 'BadRequest');
      if (await hasOwner(storage)) return refuse(response, 'NotFound');
      const link = await checkSetUpToken(parts, token);
      if (link.worth !== 'good') return refuse(response, 'NotFound', WORTHLESS[link.worth]);
      try {
        const made = await makeFirstOwner(
          { ...parts, actor: 'set-up', source },
          { username, email, password },
          (stores) => spendSetUpToken(stores, link.id, world.clock.nowMs()),
        );
        if (made) response.status(201).json({});
        else refuse(response, 'NotFound', 'Somebody has set this server up already. Sign in.');
      } catch (error) {
        if (!sendFailure(error, response)) throw error;
      }
    }),
  );

  router.post(
    '/session',
    guard.opens(async (request, response) => {
      const [, token] =
        /^Bearer ([A-Za-z0-9-_=.]{1,16384})$/.exec(request.get('Authorization') ?? '') ?? [];
      if (token === undefined) return refuse(response, 'SignedOut');
      try {
        const signedIn = await requireSignedIn(serverContext(storage, world), token);
        const { pool, familyId, user } = signedIn;
        if (pool.id !== ADMINISTRATORS_POOL || familyId === undefined) {
          return refuse(response, 'SignedOut');
        }
        const session = await sessions.start(response, familyId, user.sub);
        if (session === undefined) {
          return refuse(response, 'Forbidden', 'You have no role here yet. Ask an owner for one.');
        }
        response.json(shown(session));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        refuse(response, 'SignedOut');
      }
    }),
  );
  router.get(
    '/session',
    guard.reads('viewer', async (_, response, session) => {
      response.json(shown(session));
    }),
  );
  router.delete(
    '/session',
    guard.writes('viewer', async (request, response) => {
      await sessions.end(request, response);
      response.json({});
    }),
  );

  router.post(
    '/operations/:name',
    guard.writes('viewer', (request, response, session, source) =>
      runOperation(parts, request, response, { session, source }),
    ),
  );
  addAccount(router, guard, { parts, sessions });
  addAdministrators(router, guard, parts);
  addReports(router, guard, parts);
  addAuditReports(router, guard, parts);
  addMessages(router, guard, parts);
  addUserLists(router, guard, parts);
  return router;
}

const WORTHLESS: Readonly<Record<Exclude<SetUpWorth['worth'], 'good'>, string>> = {
  expired: 'This set-up link is over an hour old. Start the server again for a new one.',
  spent: 'This set-up link was used, or a newer one was printed since. Use the newest one.',
  invalid: 'This is no set-up link of this server. Copy the whole link that the server printed.',
};

function shown({ username, email, role, csrfToken, expiresAtMs }: ConsoleSession) {
  return { username, email, role, csrfToken, expiresAtMs, operations: offeredOperations() };
}

const MOST_REGIONS = 1_000;

/** Regions to choose from: the pinned one, or those that pools are in, and the default one. */
async function regions({ storage, region }: ConsoleParts): Promise<readonly string[]> {
  if (region !== undefined) return [region];
  const known = await storage.stores.pools.regions(MOST_REGIONS);
  return [...new Set([...known.filter((name) => name !== ADMINISTRATORS_REGION), DEFAULT_REGION])];
}

function textsOf(request: Request): Readonly<Partial<Record<string, string>>> {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const texts = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= 8192,
  );
  return Object.fromEntries(texts);
}

const notFound: RequestHandler = (_, response) => refuse(response, 'NotFound');
