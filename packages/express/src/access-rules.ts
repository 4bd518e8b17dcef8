import type { Auth } from './tokens/auth.ts';
import { ConfigurationError } from './errors/configuration-error.ts';
import { Refusal, texts } from './errors/refusal.ts';

/** Which callers may pass. Omitted rules are not checked. */
export interface AccessRules {
  /** Which kind of token is accepted. Default: `access`, because ID tokens are for front ends. */
  readonly tokenUse?: 'access' | 'id' | 'any';
  /** At least one of these groups. */
  readonly groups?: readonly string[];
  /** At least one of these roles. */
  readonly roles?: readonly string[];
  /** All of these scopes, for example `https://api.example.com/orders.read`. */
  readonly scopes?: readonly string[];
  /** Only these of the app clients that the pools allow. */
  readonly clientIds?: readonly string[];
}

/** Prepared rules: returns why a signed-in caller may not pass, or `undefined`. */
export type Gate = (auth: Auth) => Refusal | undefined;

/** Where Cognito writes the roles of a user's groups, in ID tokens only. */
export const COGNITO_ROLES = 'cognito:roles';

/** Validates the rules once, at start. Throws `ConfigurationError` for rules that nobody could meet. */
export function gateOf(rules: AccessRules, rolesClaim: string): Gate {
  const { tokenUse = 'access' } = rules;
  if (!['access', 'id', 'any'].includes(tokenUse)) {
    throw new ConfigurationError(
      `tokenUse is ${JSON.stringify(tokenUse)}: use "access", "id" or "any".`,
    );
  }
  const groups = listed(rules, 'groups');
  const roles = listed(rules, 'roles');
  const scopes = listed(rules, 'scopes');
  const clientIds = listed(rules, 'clientIds');
  if (roles !== undefined && tokenUse === 'access' && rolesClaim === COGNITO_ROLES) {
    throw new ConfigurationError(
      'roles: access tokens carry no cognito:roles. Use groups, or tokenUse "id", or name the claim of your own in rolesClaim.',
    );
  }
  if (scopes !== undefined && tokenUse === 'id') {
    throw new ConfigurationError('scopes: ID tokens have no scopes. Use tokenUse "access".');
  }
  return (auth) => {
    if (tokenUse !== 'any' && auth.tokenUse !== tokenUse) {
      const text = tokenUse === 'access' ? texts.accessTokenNeeded : texts.idTokenNeeded;
      return new Refusal('token-use', text);
    }
    if (clientIds !== undefined && !clientIds.includes(auth.clientId)) {
      return new Refusal('client', texts.invalid, `client ${auth.clientId}`);
    }
    if (groups !== undefined && !overlap(groups, auth.groups)) {
      return new Refusal('groups', texts.forbidden, `needs a group of ${groups.join(', ')}`);
    }
    if (roles !== undefined && !overlap(roles, auth.roles)) {
      return new Refusal('roles', texts.forbidden, `needs a role of ${roles.join(', ')}`);
    }
    if (scopes !== undefined && !scopes.every((scope) => auth.scopes.includes(scope))) {
      const needed = scopes.join(' ');
      return new Refusal('scopes', texts.scopeMissing, `needs ${needed}`, needed);
    }
    return undefined;
  };
}

function overlap(wanted: readonly string[], held: readonly string[]): boolean {
  return wanted.some((one) => held.includes(one));
}

/** An empty list is refused, because it is not clear whether it admits everyone or nobody. */
function listed(
  rules: AccessRules,
  name: 'groups' | 'roles' | 'scopes' | 'clientIds',
): readonly string[] | undefined {
  const list = rules[name];
  if (list === undefined) return undefined;
  const usable =
    Array.isArray(list) &&
    list.length > 0 &&
    list.every((one) => typeof one === 'string' && one !== '');
  if (!usable) {
    throw new ConfigurationError(`${name} must be a list of strings with at least one entry.`);
  }
  if (name === 'scopes' && !list.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope))) {
    throw new ConfigurationError('scopes: each entry must be one scope, without spaces or quotes.');
  }
  return [...list];
}
