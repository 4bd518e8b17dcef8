import { identities } from '../pools/standard-attributes.ts';
import type { Pool } from '../pools/pool.ts';

/** The column of the user name. */
export const USERNAME = 'cognito:username';
/** The column that says whether the user has a second factor. */
export const MFA_ENABLED = 'cognito:mfa_enabled';

/**
 * The columns that a file for the pool has, in any order: its attributes, custom ones after the others [unsure], then the two of the service.
 * Source: settings.md 5.6.
 */
export function csvHeader(pool: Pool): readonly string[] {
  const names = pool.settings.SchemaAttributes.map(({ Name = '' }) => Name);
  const own = names.filter((name) => name !== 'sub' && name !== identities.Name);
  return [...own, MFA_ENABLED, USERNAME];
}

/** Whether the first row of a file names exactly the pool's columns, in any order. Source: behaviour.md 12, "all columns present". */
export function isHeaderOf(pool: Pool, columns: readonly string[]): boolean {
  const wanted = new Set(csvHeader(pool));
  return (
    columns.length === wanted.size &&
    columns.every((column) => wanted.delete(column)) &&
    !wanted.size
  );
}
