import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** A row of the floor's users. */
export interface FloorUser {
  readonly name: string;
  readonly email: string;
  readonly status: string;
  /** JSON. */
  readonly attributes: string;
  readonly created_at_ms: number;
}

/** The tables of the floor: users, sessions, names and factors, each found by one key; waiting messages, and what administrators did. */
export const FLOOR_TABLES = `
  CREATE TABLE users (name TEXT PRIMARY KEY, email TEXT NOT NULL, status TEXT NOT NULL, attributes TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL, sealed TEXT) WITHOUT ROWID;
  CREATE TABLE sessions (token TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE names (key TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE outbox (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sealed TEXT NOT NULL);
  CREATE TABLE audit (id INTEGER PRIMARY KEY, entry TEXT NOT NULL, mac TEXT NOT NULL);
  CREATE TABLE steps (name TEXT PRIMARY KEY, step INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE codes (name TEXT PRIMARY KEY, mac TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE kept (name TEXT PRIMARY KEY, used_at_ms INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE spent (id TEXT PRIMARY KEY) WITHOUT ROWID;`;
/** Created after the rows are in. */
export const FLOOR_INDEX = 'CREATE INDEX users_by_email ON users (email)';

/** The floor's statements on one file, opened as the product opens its own. */
export interface FloorDatabase {
  readonly userByName: StatementSync;
  readonly userByToken: StatementSync;
  readonly pageByEmail: StatementSync;
  readonly insertUser: StatementSync;
  readonly confirmUser: StatementSync;
  readonly insertSession: StatementSync;
  readonly insertName: StatementSync;
  readonly insertMessage: StatementSync;
  readonly insertEntry: StatementSync;
  readonly noteStep: StatementSync;
  readonly codeOf: StatementSync;
  readonly insertCode: StatementSync;
  readonly deleteCode: StatementSync;
  readonly keptOf: StatementSync;
  readonly noteUse: StatementSync;
  readonly insertSpent: StatementSync;
  /** Runs a write; writes that arrive in one turn of the event loop share a commit. Resolves once it is on disk. */
  write(work: () => void): Promise<void>;
}

/** Opens the floor's file, with the same settings as the product's connections. */
export function openFloor(file: string): FloorDatabase {
  const writer = new DatabaseSync(file);
  writer.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 2000',
  );
  const reader = new DatabaseSync(file);
  reader.exec('PRAGMA query_only = ON; PRAGMA cache_size = -16000');
  const begin = writer.prepare('BEGIN IMMEDIATE');
  const commit = writer.prepare('COMMIT');
  let waiting: { readonly work: () => void; readonly done: () => void }[] = [];
  const flush = (): void => {
    const units = waiting;
    waiting = [];
    begin.run();
    for (const { work } of units) work();
    commit.run();
    for (const { done } of units) done();
  };
  const user = 'u.name, u.email, u.status, u.attributes, u.created_at_ms';
  return {
    userByName: reader.prepare(`SELECT ${user} FROM users u WHERE u.name = ?`),
    userByToken: reader.prepare(
      `SELECT ${user} FROM sessions s CROSS JOIN users u WHERE s.token = ? AND u.name = s.name`,
    ),
    pageByEmail: reader.prepare(
      `SELECT ${user} FROM users u WHERE u.email > ? AND u.email < 'v' ORDER BY u.email LIMIT 61`,
    ),
    insertUser: writer.prepare(
      'INSERT INTO users (name, email, status, attributes, created_at_ms, sealed) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    confirmUser: writer.prepare("UPDATE users SET status = 'CONFIRMED' WHERE name = ?"),
    insertSession: writer.prepare('INSERT INTO sessions (token, name) VALUES (?, ?)'),
    insertName: writer.prepare('INSERT INTO names (key, name) VALUES (?, ?)'),
    insertMessage: writer.prepare('INSERT INTO outbox (name, sealed) VALUES (?, ?)'),
    insertEntry: writer.prepare('INSERT INTO audit (entry, mac) VALUES (?, ?)'),
    noteStep: writer.prepare('INSERT OR REPLACE INTO steps (step, name) VALUES (?, ?)'),
    codeOf: reader.prepare('SELECT mac FROM codes WHERE name = ?'),
    insertCode: writer.prepare('INSERT OR REPLACE INTO codes (name, mac) VALUES (?, ?)'),
    deleteCode: writer.prepare('DELETE FROM codes WHERE name = ?'),
    keptOf: reader.prepare('SELECT used_at_ms FROM kept WHERE name = ?'),
    noteUse: writer.prepare('UPDATE kept SET used_at_ms = ? WHERE name = ?'),
    insertSpent: writer.prepare('INSERT INTO spent (id) VALUES (?)'),
    write: (work) =>
      new Promise((done) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ work, done });
      }),
  };
}
