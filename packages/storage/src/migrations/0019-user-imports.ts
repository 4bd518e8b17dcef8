import type { Migration } from './migration.ts';

/** Imports of users, their files in parts, and what became of the rows. */
export const userImports: Migration = {
  version: 19,
  name: 'user-imports',
  statements({ text, bigint, int, clusteredByKey }) {
    const ofImport = `pool_id ${text} NOT NULL, import_id ${text} NOT NULL`;
    const reference =
      'FOREIGN KEY (pool_id, import_id) REFERENCES user_imports (pool_id, id) ON DELETE CASCADE';
    return [
      `CREATE TABLE user_imports (pool_id ${text} NOT NULL REFERENCES pools (id) ON DELETE CASCADE, id ${text} NOT NULL,
        name ${text} NOT NULL, role_arn ${text} NOT NULL, hashing ${text}, state ${text} NOT NULL,
        created_at_ms ${bigint} NOT NULL, started_at_ms ${bigint}, completed_at_ms ${bigint}, message ${text},
        receiving ${text}, upload ${text}, file_bytes ${bigint}, imported ${bigint} NOT NULL, skipped ${bigint} NOT NULL,
        failed ${bigint} NOT NULL, PRIMARY KEY (pool_id, id))`,
      'CREATE INDEX user_imports_by_age ON user_imports (pool_id, created_at_ms, id)',
      `CREATE INDEX user_imports_running ON user_imports (pool_id) WHERE state IN ('Pending', 'InProgress')`,
      `CREATE TABLE import_parts (${ofImport}, upload ${text} NOT NULL, part_no ${int} NOT NULL, content ${text} NOT NULL,
        PRIMARY KEY (pool_id, import_id, upload, part_no), ${reference})`,
      `CREATE TABLE import_log (${ofImport}, line ${int} NOT NULL, outcome ${text} NOT NULL, reason ${text} NOT NULL,
        PRIMARY KEY (pool_id, import_id, line), ${reference})${clusteredByKey}`,
    ];
  },
};
