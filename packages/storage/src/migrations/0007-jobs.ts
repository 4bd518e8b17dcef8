import type { Migration } from './migration.ts';

/** Long work that is done in slices, and the marks on what such work removes. */
export const jobs: Migration = {
  version: 7,
  name: 'jobs',
  statements({ text, bigint, int }) {
    return [
      // No reference to pools: a pool's last job ends after the pool itself is gone.
      `CREATE TABLE jobs (id ${text} PRIMARY KEY, kind ${text} NOT NULL, pool_id ${text}, subject ${text} NOT NULL,
        cursor_text ${text} NOT NULL, lease ${text}, due_at_ms ${bigint} NOT NULL, attempts ${int} NOT NULL, last_error ${text},
        created_at_ms ${bigint} NOT NULL)`,
      'CREATE INDEX jobs_by_due ON jobs (due_at_ms)',
      `ALTER TABLE pools ADD COLUMN deleted_at_ms ${bigint}`,
      `ALTER TABLE clients ADD COLUMN deleted_at_ms ${bigint}`,
      // Nearly always empty, so asking whether something is being deleted costs next to nothing.
      'CREATE INDEX pools_deleted ON pools (id) WHERE deleted_at_ms IS NOT NULL',
      'CREATE INDEX clients_deleted ON clients (id) WHERE deleted_at_ms IS NOT NULL',
      'CREATE INDEX token_families_by_client ON token_families (pool_id, client_id)',
      'CREATE INDEX codes_by_client ON codes (pool_id, client_id)',
      'CREATE INDEX outbox_by_pool ON outbox (pool_id)',
    ];
  },
};
