import { requireSignedIn, serverContext, Failure } from '@poolhouse/core';
import {
  ADMINISTRATORS_POOL,
  ADMINISTRATORS_REGION,
  CONSOLE_CLIENT,
  isConsolesOwn,
} from '../pools/administrators-pool.ts';
import { DEFAULT_REGION } from '../pools/default-region.ts';
import type { AuditWatch } from '../jobs/audit-watch.ts';
import { hasOwner, makeFirstOwner, type AdministratorParts } from './administrators.ts';
import { appFiles } from './app-files.ts';
import { makeGuard, refuse } from './guard.ts';
import { accountRoutes } from './account.ts';
import { administratorRoutes } from './administrator-routes.ts';
import { deliveryRoutes, type SmsWay } from './delivery.ts';
import { messageRoutes } from './messages.ts';
import { auditRoutes } from './audit-reports.ts';
import { importLogRoutes } from './import-log.ts';
import { reportRoutes } from './reports.ts';
import { userListRoutes } from './user-lists.ts';
import { userPasskeyRoutes } from './user-passkeys.ts';
import { offeredOperations, runOperation, sendFailure } from './run-operation.ts';
import { makeConsoleSessions, type ConsoleSession } from './session.ts';
import { checkSetUpToken, spendSetUpToken, type SetUpWorth } from './set-up.ts';
import { below, route, type Handler, type Request, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';
import type { Mount } from '../site/site.ts';
import type { SourceOf } from '../http/source-address.ts';

/** What the console needs. */
export interface ConsoleParts extends AdministratorParts {
  /** The one region that the configuration allows, if it pins one. */
  readonly region: string | undefined;
  readonly smsWay: SmsWay;
  /** Where a request came from, as far as it can be told. */
  readonly sourceOf: SourceOf;
  readonly auditWatch: Pick<AuditWatch, 'status' | 'check'>;
  /** Folder of the built application. */
  readonly appFolder: string;
}

/** The console: its own API under `/api`, and the Angular application for everything else. */
export function consoleMounts(parts: ConsoleParts): readonly Mount[] {
  return [
    { path: '/console/api', routes: apiRoutes(parts).map(notOfOwnPool) },
    { path: '/console/api', routes: [below('/', (_, response) => refuse(response, 'NotFound'))] },
    { path: '/console', routes: appFiles(parts.appFolder) },
  ];
}

/** No path may name the administrators' own pool. */
function notOfOwnPool(one: Route): Route {
  const handle: Handler = (request, response) =>
    isConsolesOwn({ pool: request.params['pool'] })
      ? refuse(response, 'NotFound')
      : one.handle(request, response);
  return one.path.includes(':pool') ? { ...one, handle } : one;
}

function apiRoutes(parts: ConsoleParts): readonly Route[] {
  const { storage, world } = parts;
  const sessions = makeConsoleSessions(storage, world);
  const guard = makeGuard(sessions, world, parts.sourceOf);

  return [
    route('GET', '/config', async (_, response) => {
      sendJson(response, {
        userPoolId: ADMINISTRATORS_POOL,
        clientId: CONSOLE_CLIENT,
        regions: await regions(parts),
        needsSetUp: !(await hasOwner(storage)),
      });
    }),
    route(
      'POST',
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
          if (made) sendJson(response, {}, 201);
          else refuse(response, 'NotFound', 'Somebody has set this server up already. Sign in.');
        } catch (error) {
          if (!sendFailure(error, response)) throw error;
        }
      }),
    ),
    route(
      'POST',
      '/session',
      guard.opens(async (request, response) => {
        const [, token] =
          /^Bearer ([A-Za-z0-9-_=.]{1,16384})$/.exec(request.headers.authorization ?? '') ?? [];
        if (token === undefined) return refuse(response, 'SignedOut');
        try {
          const signedIn = await requireSignedIn(serverContext(storage, world), token);
          const { pool, sessionId, user } = signedIn;
          if (pool.id !== ADMINISTRATORS_POOL || sessionId === undefined) {
            return refuse(response, 'SignedOut');
          }
          const session = await sessions.start(response, sessionId, user.sub);
          if (session === undefined) {
            return refuse(
              response,
              'Forbidden',
              'You have no role here yet. Ask an owner for one.',
            );
          }
          sendJson(response, shown(session));
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          refuse(response, 'SignedOut');
        }
      }),
    ),
    route(
      'GET',
      '/session',
      guard.reads('viewer', async (_, response, session) => {
        sendJson(response, shown(session));
      }),
    ),
    route(
      'DELETE',
      '/session',
      guard.writes('viewer', async (request, response) => {
        await sessions.end(request, response);
        sendJson(response, {});
      }),
    ),
    route(
      'POST',
      '/operations/:name',
      guard.writes('viewer', (request, response, session, source) =>
        runOperation(parts, request, response, { session, source }),
      ),
    ),
    ...accountRoutes(guard, { parts, sessions }),
    ...administratorRoutes(guard, parts),
    ...reportRoutes(guard, parts),
    ...auditRoutes(guard, parts),
    ...messageRoutes(guard, parts),
    ...deliveryRoutes(guard, parts.smsWay),
    ...userListRoutes(guard, parts),
    ...userPasskeyRoutes(guard, parts),
    ...importLogRoutes(guard, parts),
  ];
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

/** Regions to choose from: the pinned one, or the default one and those of existing pools. */
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
