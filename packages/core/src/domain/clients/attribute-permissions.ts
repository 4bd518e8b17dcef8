import type { Client } from './client.ts';
import type { Pool } from '../pools/pool.ts';

/** Whether an attribute, by its full name (`custom:` included), may be read or written. */
export type AttributePredicate = (name: string) => boolean;

/** Only the service itself sets these; an app client never does (behaviour.md 5.2). */
const neverWritable: ReadonlySet<string> = new Set([
  'sub',
  'email_verified',
  'phone_number_verified',
  'identities',
]);

/** Developer-only attributes by their full names, `dev:custom:…`: only for administrators. Source: API model. */
function developerOnly({ settings }: Pool): ReadonlySet<string | undefined> {
  const known = developerOnlyBySettings.get(settings);
  if (known !== undefined) return known;
  const only = settings.SchemaAttributes.filter((one) => one.DeveloperOnlyAttribute === true);
  const names = new Set(only.map((one) => one.Name));
  developerOnlyBySettings.set(settings, names);
  return names;
}

/** Settings are never changed in place, and every token needs these. */
const developerOnlyBySettings = new WeakMap<Pool['settings'], ReadonlySet<string | undefined>>();

/**
 * What the client may read about a user: its ReadAttributes, or, if unset, everything in the schema, including custom attributes
 * (behaviour.md 4.1). `sub` is always readable; developer-only attributes never are.
 */
export function readableAttributes(pool: Pool, client: Client): AttributePredicate {
  const hidden = developerOnly(pool);
  const allowed = client.settings.ReadAttributes;
  const names = allowed && new Set<string>(['sub', ...allowed]);
  return (name) => !hidden.has(name) && (names === undefined || names.has(name));
}

/**
 * What the client may write: its WriteAttributes, or, if unset, everything in the schema. Never `sub`, the verification marks or
 * developer-only attributes. Source: behaviour.md 4.1, 5.2.
 */
export function writableAttributes(pool: Pool, client: Client): AttributePredicate {
  const closed = new Set([...neverWritable, ...developerOnly(pool)]);
  const allowed = client.settings.WriteAttributes;
  const names = allowed && new Set<string>(allowed);
  return (name) => !closed.has(name) && (names === undefined || names.has(name));
}
