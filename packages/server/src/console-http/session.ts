import {
  equalInConstantTime,
  openState,
  randomToken,
  sealState,
  SERVER_SECRETS,
  sub,
  type Storage,
  type World,
} from '@poolhouse/core';
import { ADMINISTRATORS_POOL } from '../pools/administrators-pool.ts';
import { roleOf, type Role } from './roles.ts';
import type { Request, Response } from '../site/route.ts';

/** How long a console session lasts at most, and how long without use. */
const LONGEST_MS = 12 * 3_600_000;
const IDLE_MS = 3_600_000;
/** A cookie of this age is reissued, so that use extends the session without a cookie in every response. */
const RENEW_AFTER_MS = 5 * 60_000;
const PURPOSE = 'console-session';

/** The sealed content of the cookie. It is valid as long as the session of its sign-in in the pool, which older cookies call a family. */
interface SealedSession {
  readonly familyId: string;
  readonly sub: string;
  readonly csrf: string;
  readonly startedAtMs: number;
  readonly issuedAtMs: number;
}

/** An administrator who is signed in to the console, as the database has them now. */
export interface ConsoleSession {
  readonly familyId: string;
  readonly username: string;
  readonly email: string | undefined;
  readonly role: Role;
  /** Must be sent along with requests that change something. */
  readonly csrfToken: string;
  readonly expiresAtMs: number;
}

/** The console's sessions, one cookie each. */
export interface ConsoleSessions {
  /** Starts a session for a sign-in that was proved. */
  start(response: Response, familyId: string, userSub: string): Promise<ConsoleSession | undefined>;
  /** The session of a request, if it is still valid: sign-out, disabling and leaving a role's group end it at once. */
  find(request: Request, response: Response): Promise<ConsoleSession | undefined>;
  /** Ends the session on the server and removes the cookie. */
  end(request: Request, response: Response): Promise<void>;
}

/** Whether the token in a request is the session's own. */
export function hasCsrfToken(request: Request, session: ConsoleSession): boolean {
  const given = request.headers['x-poolhouse-csrf'];
  return typeof given === 'string' && equalInConstantTime(given, session.csrfToken);
}

/** Makes the sessions. The cookie's name binds it to this host wherever TLS allows (security.md R11). */
export function makeConsoleSessions(storage: Storage, world: World): ConsoleSessions {
  const secure = () => world.publicUrl.startsWith('https:');
  const cookieName = () => (secure() ? '__Host-poolhouse-console' : 'poolhouse-console');
  const setCookie = (response: Response, value: string, expires: string) => {
    const kept = `Path=/; ${expires}; HttpOnly; ${secure() ? 'Secure; ' : ''}SameSite=Strict`;
    response.appendHeader('Set-Cookie', `${cookieName()}=${value}; ${kept}`);
  };
  const key = async () => (await world.vault.of(SERVER_SECRETS)).subkey('console-sessions');

  async function send(response: Response, sealed: SealedSession): Promise<void> {
    const expiresAtMs = endOf(sealed);
    const text = sealState(await key(), PURPOSE, sealed, expiresAtMs, { random: world.random });
    setCookie(response, text, `Expires=${new Date(expiresAtMs).toUTCString()}`);
  }

  async function open(request: Request): Promise<SealedSession | undefined> {
    const text = cookieOf(request, cookieName());
    if (text === undefined) return undefined;
    const opened = openState<SealedSession>(await key(), PURPOSE, text, world.clock.nowMs());
    return opened.ok ? opened.value : undefined;
  }

  async function current(sealed: SealedSession): Promise<ConsoleSession | undefined> {
    const { stores } = storage;
    const id = sub(sealed.sub);
    const found = await stores.sessions.liveUser(ADMINISTRATORS_POOL, id, sealed.familyId);
    if (found === undefined || found.session !== 'live' || !found.user.enabled) return undefined;
    const role = roleOf(await stores.groups.ofUser(ADMINISTRATORS_POOL, id));
    if (role === undefined) return undefined;
    const { username, attributes } = found.user;
    return {
      familyId: sealed.familyId,
      username,
      email: attributes['email'],
      role,
      csrfToken: sealed.csrf,
      expiresAtMs: endOf(sealed),
    };
  }

  return {
    async start(response, familyId, userSub) {
      const nowMs = world.clock.nowMs();
      const sealed: SealedSession = {
        familyId,
        sub: userSub,
        csrf: randomToken(world.random),
        startedAtMs: nowMs,
        issuedAtMs: nowMs,
      };
      const session = await current(sealed);
      if (session !== undefined) await send(response, sealed);
      return session;
    },
    async find(request, response) {
      const sealed = await open(request);
      const session = sealed && (await current(sealed));
      const nowMs = world.clock.nowMs();
      if (sealed && session && nowMs - sealed.issuedAtMs > RENEW_AFTER_MS) {
        await send(response, { ...sealed, issuedAtMs: nowMs });
      }
      return session;
    },
    async end(request, response) {
      const sealed = await open(request);
      if (sealed) await storage.stores.sessions.revoke(sealed.familyId, world.clock.nowMs());
      setCookie(response, '', `Expires=${new Date(1).toUTCString()}`);
    },
  };
}

function endOf({ startedAtMs, issuedAtMs }: SealedSession): number {
  return Math.min(startedAtMs + LONGEST_MS, issuedAtMs + IDLE_MS);
}

/** The value of a cookie; if it was sent twice, neither counts. */
function cookieOf(request: Request, name: string): string | undefined {
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}
