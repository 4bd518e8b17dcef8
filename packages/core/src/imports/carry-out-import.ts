import { randomUuid, TamperedError } from '../crypto/index.ts';
import { isHeaderOf, PASSWORD_HASH } from '../domain/imports/csv-header.ts';
import {
  completed,
  ended,
  importMessages,
  isRunning,
  MOST_USERS,
  type ImportRef,
  type UserImport,
} from '../domain/imports/user-import.ts';
import { sub } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { readImportedHash, type ImportedHash } from '../domain/passwords/imported-hash.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import { mfaConfiguration } from '../mfa/configuration.ts';
import { sealImportedHash } from '../passwords/password.ts';
import { noteImportedHashes } from '../passwords/simulated-hash.ts';
import type { ImportLogEntry, Stores } from '../ports/stores/index.ts';
import { hasFormOfSub, isNameTaken, prefersAnothersSub } from '../users/find-user.ts';
import type { World } from '../world.ts';
import { importedUser, rowMessages, type RowFacts, type RowValues } from './imported-user.ts';
import { ImportFile } from './import-file.ts';

/** What a slice of an import needs: the stores of its transaction, among others. */
export type ImportParts = Pick<Stores, 'imports' | 'pools' | 'users' | 'configurations'> &
  Pick<World, 'vault' | 'random'>;

/** How much a slice may do, when it is done, and where the last one ended; empty at the beginning. */
export interface ImportSlice {
  readonly rows: number;
  readonly nowMs: number;
  readonly cursor: string;
}

/** How far the file is read. */
interface Position {
  /** Where the next row begins. */
  readonly place: number;
  /** In which line that is. */
  readonly line: number;
  readonly columns: readonly string[];
}

/** Parts of a file that one slice removes: they are far larger than other rows. */
const DROPPED_AT_ONCE = 16;

/**
 * Imports the next rows of a file, in the transaction that also records how far it has come; returns where to continue, or `undefined` if
 * nothing is left to do.
 */
export async function carryOutImport(
  parts: ImportParts,
  ref: ImportRef,
  slice: ImportSlice,
): Promise<string | undefined> {
  const { imports, pools } = parts;
  const job = await imports.lockForUpdate(ref);
  const pool = job && (await pools.get(ref.poolId));
  if (job === undefined || pool === undefined) return undefined;
  if (!isRunning(job)) return dropFile(parts, ref, slice);
  const file = new ImportFile(imports, await parts.vault.of(ref.poolId), job);
  try {
    const rows = await readRows(file, pool, job, slice);
    const now = await importRows(parts, pool, job, rows, slice);
    await imports.change(ref, () => now);
    return JSON.stringify(rows.next);
  } catch (error) {
    if (!(error instanceof TamperedError)) throw error;
    await imports.change(ref, () => ended(job, 'Failed', importMessages.damaged, slice.nowMs));
    return slice.cursor;
  }
}

/** Ends an import that nobody has started, and removes its file; returns `undefined` if nothing is left to do. */
export async function expireImport(
  { imports }: Pick<ImportParts, 'imports'>,
  ref: ImportRef,
  slice: ImportSlice,
): Promise<string | undefined> {
  const job = await imports.change(ref, (current) =>
    current.state === 'Created'
      ? ended(current, 'Expired', importMessages.expired, slice.nowMs)
      : current,
  );
  return job?.state === 'Expired' ? dropFile({ imports }, ref, slice) : undefined;
}

/** Once it has ended, nobody needs the file. */
async function dropFile(
  { imports }: Pick<ImportParts, 'imports'>,
  ref: ImportRef,
  { rows, cursor }: ImportSlice,
): Promise<string | undefined> {
  const dropped = await imports.dropParts(ref, Math.min(rows, DROPPED_AT_ONCE));
  return dropped > 0 ? cursor : undefined;
}

/** A row of the file: its values by column, or why it has none. */
interface ReadRow {
  readonly line: number;
  readonly values: RowValues | string;
}

/** The next rows, and why they are the last ones. */
interface ReadRows {
  readonly rows: readonly ReadRow[];
  readonly next: Position;
  readonly end?: { readonly problem?: string };
}

async function readRows(
  file: ImportFile,
  pool: Pool,
  job: UserImport,
  { rows: most, cursor }: ImportSlice,
): Promise<ReadRows> {
  let next = cursor === '' ? await readHeader(file) : (JSON.parse(cursor) as Position);
  const rows: ReadRow[] = [];
  const stop = (problem?: string) => ({
    rows,
    next,
    end: problem === undefined ? {} : { problem },
  });
  if (cursor === '' && !isHeaderOf(pool, job, next.columns))
    return stop(importMessages.wrongHeader);
  while (rows.length < most) {
    const found = await file.read(next.place);
    if (found.kind === 'end') return stop();
    if (found.kind === 'broken') return stop(importMessages.unreadable(next.line));
    const { fields } = found;
    const isBlank = fields?.length === 1 && fields[0] === '';
    const count = job.imported + job.skipped + job.failed + rows.length;
    if (!isBlank && count >= MOST_USERS) return stop(importMessages.tooManyUsers);
    if (!isBlank) rows.push({ line: next.line, values: valuesOf(next.columns, fields) });
    next = { ...next, place: found.next, line: next.line + found.lines };
  }
  return { rows, next };
}

async function readHeader(file: ImportFile): Promise<Position> {
  const found = await file.read(0);
  const isRow = found.kind === 'row' && found.fields !== undefined;
  // A byte order mark, as spreadsheets write it.
  const columns = isRow ? (found.fields ?? []).map((name) => name.replace(/^\uFEFF/, '')) : [];
  return isRow
    ? { place: found.next, line: 1 + found.lines, columns }
    : { place: 0, line: 1, columns };
}

function valuesOf(
  columns: readonly string[],
  fields: readonly string[] | undefined,
): ReadRow['values'] {
  if (fields === undefined) return rowMessages.unreadable;
  if (fields.length !== columns.length) return rowMessages.fieldCount;
  return Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? '']));
}

/** Creates the users of the rows, notes what became of the others, and returns the import as it is afterwards. */
async function importRows(
  parts: ImportParts,
  pool: Pool,
  job: UserImport,
  { rows, end }: ReadRows,
  { nowMs }: ImportSlice,
): Promise<UserImport> {
  const mfa = await mfaConfiguration({ stores: parts }, pool);
  const secrets = await parts.vault.of(pool.id);
  const seal: RowFacts['seal'] = (user, hash) =>
    sealImportedHash(secrets, parts.random, user, hash);
  const facts: RowFacts = { pool, hashing: job.hashing, seal, mfa, nowMs };
  const log: ImportLogEntry[] = [];
  const wanted: { readonly line: number; readonly user: User }[] = [];
  for (const { line, values } of rows) {
    const user =
      typeof values === 'string'
        ? values
        : importedUser(facts, sub(randomUuid(parts.random)), values);
    if (typeof user === 'string') log.push({ line, outcome: 'FAILED', reason: user });
    else if (await hasNameOfAnother(parts, pool, user)) log.push({ line, ...existing });
    else wanted.push({ line, user });
  }
  const users = wanted.map(({ user }) => user);
  const taken = users.length === 0 ? [] : await parts.users.createAll(pool.id, users);
  for (const [index, kind] of taken.entries()) {
    const { line = 0 } = wanted[index] ?? {};
    if (kind === undefined) continue;
    if (kind === 'username' || pool.settings.UsernameAttributes?.some((name) => name === kind))
      log.push({ line, ...existing });
    else log.push({ line, outcome: 'FAILED', reason: messages.aliasTaken(kind) });
  }
  await parts.imports.addToLog(job, log);
  const hash = rows.map(({ values }) => hashIn(job, values)).find((one) => one !== undefined);
  if (hash !== undefined && (job.state === 'Pending' || end !== undefined)) {
    await noteImportedHashes(parts, pool.id, job.imported + users.length, hash, nowMs);
  }
  const failed = log.filter(({ outcome }) => outcome === 'FAILED').length;
  const now: UserImport = {
    ...job,
    state: 'InProgress',
    imported: job.imported + rows.length - log.length,
    skipped: job.skipped + log.length - failed,
    failed: job.failed + failed,
  };
  if (end?.problem !== undefined) return ended(now, 'Failed', end.problem, nowMs);
  if (end !== undefined) return completed(now, nowMs);
  return now;
}

/** The hash of a row, if it has one that counts. */
function hashIn({ hashing }: UserImport, values: RowValues | string): ImportedHash | undefined {
  const text = typeof values === 'string' ? undefined : values[PASSWORD_HASH];
  return hashing && text ? readImportedHash(hashing, text) : undefined;
}

const existing = { outcome: 'SKIPPED', reason: rowMessages.exists } as const;

/** Whether the user would be found by a text that is another's `sub`, as AdminCreateUser refuses it. */
async function hasNameOfAnother(parts: ImportParts, pool: Pool, user: User): Promise<boolean> {
  const ctx = { stores: parts };
  if (hasFormOfSub(user.username) && user.username !== user.sub) {
    if (await isNameTaken(ctx, pool, user.username)) return true;
  }
  return prefersAnothersSub(ctx, pool, user, user.attributes);
}
