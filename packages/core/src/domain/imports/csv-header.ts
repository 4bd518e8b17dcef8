import { identities } from '../pools/standard-attributes.ts';
import type { Pool } from '../pools/pool.ts';
import type { UserImport } from './user-import.ts';

/** The column of the user name. */
export const USERNAME = 'cognito:username';
/** The column that says whether the user has a second factor. */
export const MFA_ENABLED = 'cognito:mfa_enabled';
/** The further column of a file with hashed passwords; a row without one is imported as from any other file. Source: settings.md 5.6. */
export const PASSWORD_HASH = 'password_hash';

/**
 * The columns that a file for the pool has, in any order: its attributes, custom ones after the others [unsure], then the two of the service.
 * Source: settings.md 5.6.
 */
export function csvHeader(pool: Pool): readonly string[] {
  const names = pool.settings.SchemaAttributes.map(({ Name = '' }) => Name);
  const own = names.filter((name) => name !== 'sub' && name !== identities.Name);
  return [...own, MFA_ENABLED, USERNAME];
}

/** Whether the first row of a file names exactly these columns, in any order. Source: behaviour.md 12, "all columns present". */
export function isHeaderOf(
  pool: Pool,
  { hashing }: Pick<UserImport, 'hashing'>,
  columns: readonly string[],
): boolean {
  const wanted = new Set(csvHeader(pool));
  if (hashing !== undefined) wanted.add(PASSWORD_HASH);
  return columns.length === wanted.size && columns.every((column) => wanted.delete(column));
}
