import { assuranceClaims } from './assurance.ts';
import type { Client } from '../clients/client.ts';
import { readableAttributes } from '../clients/attribute-permissions.ts';
import type { Group } from '../users/group.ts';
import type { Pool } from '../pools/pool.ts';
import {
  changeClaims,
  changeScope,
  fixedClaims,
  type Claims,
  type ClaimsOverride,
} from './claims-override.ts';
import type { Session } from './session.ts';
import { tokenValidity } from '@poolhouse/rules';
import type { User } from '../users/user.ts';

/** What tokens are made from. `groups` are ordered by precedence (those without one last), then name. */
export interface TokenFacts {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly session: Session;
  readonly groups: readonly Group[];
  readonly issuer: string;
  readonly nowMs: number;
  /** Each token's own `jti`. */
  readonly jtis: Readonly<Record<'access' | 'id', string>>;
}

/** The roles of groups, and which one applications prefer. */
export interface Roles {
  readonly roles: readonly string[];
  readonly preferredRole?: string | undefined;
}

/** The claims of the two tokens of a grant. */
export interface TokenClaims {
  readonly access: Claims;
  readonly id: Claims;
}

const seconds = (ms: number) => Math.floor(ms / 1000);

/** The claims of both tokens, with the changes made by a function of the pool's owner. */
export function tokenClaims(facts: TokenFacts, override: ClaimsOverride = {}): TokenClaims {
  const { id = {}, access = {}, groups } = override;
  const names = groupClaims(groups?.names ?? facts.groups.map((group) => group.name));
  const roles = groups ? roleClaimsOf(groups) : roleClaimsOf(rolesOf(facts.groups));
  const said = accessClaims(facts, names);
  const scope = changeScope(facts.session.scope, access.addScopes, access.suppressScopes);
  return {
    access: changeClaims({ ...said, scope }, access, fixedClaims.access),
    id: changeClaims(idClaims(facts, names, roles), id, fixedClaims.id),
  };
}

/** The claims of an ID token. Source: behaviour.md 7.1. */
function idClaims(facts: TokenFacts, groups: Claims, roles: Claims): Claims {
  const { user, client, nowMs } = facts;
  return {
    sub: user.sub,
    ...readableClaims(facts),
    ...groups,
    ...roles,
    iss: facts.issuer,
    'cognito:username': user.username,
    ...sessionClaims(facts, facts.jtis.id),
    aud: client.id,
    token_use: 'id',
    auth_time: seconds(facts.session.authTimeMs),
    ...assuranceClaims(facts.pool, facts.session),
    exp: seconds(nowMs + tokenValidity(client.settings).idMs),
    iat: seconds(nowMs),
  };
}

/** The claims of an access token. Source: behaviour.md 7.2. */
function accessClaims(facts: TokenFacts, groups: Claims): Claims {
  const { user, client, nowMs, session } = facts;
  return {
    sub: user.sub,
    ...(session.deviceKey !== undefined && { device_key: session.deviceKey }),
    ...groups,
    iss: facts.issuer,
    client_id: client.id,
    ...sessionClaims(facts, facts.jtis.access),
    token_use: 'access',
    scope: session.scope,
    auth_time: seconds(session.authTimeMs),
    ...assuranceClaims(facts.pool, session),
    exp: seconds(nowMs + tokenValidity(client.settings).accessMs),
    iat: seconds(nowMs),
    username: user.username,
  };
}

/**
 * `origin_jti` and `jti` are present only if the client's tokens can be revoked (behaviour.md 7.3). Other tokens name their session by
 * `event_id`, so that a sign-out ends those that were issued before it and none after it, to the millisecond.
 */
function sessionClaims({ client, session }: TokenFacts, jti: string): Claims {
  return (client.settings.EnableTokenRevocation ?? true)
    ? { origin_jti: session.id, jti, event_id: session.eventId }
    : { event_id: session.id };
}

function groupClaims(names: readonly string[]): Claims {
  return names.length === 0 ? {} : { 'cognito:groups': names };
}

/**
 * The roles of all groups, and the preferred one: the one with the lowest precedence; none if groups with that precedence have different
 * roles. Source: behaviour.md 7.3.
 */
export function rolesOf(groups: readonly Group[]): Roles {
  const withRole = groups.filter((group) => group.roleArn !== undefined);
  const rank = (group: Group) => group.precedence ?? Number.POSITIVE_INFINITY;
  const best = Math.min(...withRole.map(rank));
  const leading = new Set(
    withRole.filter((group) => rank(group) === best).map((group) => group.roleArn),
  );
  const roles = new Set(withRole.flatMap((group) => group.roleArn ?? []));
  return { roles: [...roles], preferredRole: leading.size === 1 ? [...leading][0] : undefined };
}

function roleClaimsOf({ roles, preferredRole: preferred }: Roles): Claims {
  if (roles.length === 0) return {};
  return {
    'cognito:roles': [...new Set(roles)],
    ...(preferred !== undefined && { 'cognito:preferred_role': preferred }),
  };
}

/** Claims that no user attribute can replace. */
const reserved = new Set(['sub', 'identities']);

/** The attributes that the client may read, with their types in ID tokens. Source: behaviour.md 7.1, 5.6. */
function readableClaims({ pool, client, user }: TokenFacts): Claims {
  const readable = readableAttributes(pool, client);
  const claims: Claims = {};
  for (const [name, value] of Object.entries(user.attributes)) {
    if (reserved.has(name) || !readable(name)) continue;
    if (name === 'email_verified' || name === 'phone_number_verified') {
      claims[name] = value === 'true';
    } else if (name === 'updated_at') {
      claims[name] = Number(value);
    } else if (name === 'address') {
      claims[name] = { formatted: value }; // [unsure]
    } else {
      claims[name] = value;
    }
  }
  return claims;
}
