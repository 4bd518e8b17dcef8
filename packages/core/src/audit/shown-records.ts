import { sealedMark } from '../crypto/index.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { AccessKey } from '../ports/stores/keys.ts';
import type { Group } from '../domain/users/group.ts';
import type { User } from '../domain/users/user.ts';

type Values = Readonly<Record<string, unknown>>;

/** A pool as the audit shows it. */
export function shownPool(pool: Pool): Values {
  return { name: pool.name, ...pool.settings };
}

/** An app client as the audit shows it: its secrets by id only. */
export function shownClient(client: Client): Values {
  return {
    name: client.name,
    ...client.settings,
    secrets: client.secrets.map(({ id }) => id),
  };
}

/** A user as the audit shows it: of the password only that it is another one. */
export function shownUser(user: User): Values {
  const { username, status, enabled, attributes, pendingAttributes } = user;
  return {
    username,
    status,
    enabled,
    // Enough of it to tell one password's record from the next, and nothing of the password; a rotation of keys changes it not.
    password: user.sealedPassword && sealedMark(user.sealedPassword).slice(0, 8),
    temporaryPasswordExpiresAtMs: user.temporaryPasswordExpiresAtMs,
    ...prefixed('attribute.', attributes),
    ...prefixed('pending.', pendingAttributes),
  };
}

/** A group as the audit shows it. */
export function shownGroup(group: Group): Values {
  const { name, description, roleArn, precedence } = group;
  return { name, description, roleArn, precedence };
}

/** An access key as the audit shows it: nothing of its secret. */
export function shownAccessKey({ enabled, pools, note }: AccessKey): Values {
  return { enabled, pools: pools ?? 'all', note };
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}
