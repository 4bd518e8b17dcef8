import type { RowLine, Snapshot } from '../backup/format/backup-format.ts';
import { makePatientPool, openError } from './open-postgres.ts';
import { fromPostgres } from './postgres-error.ts';

/** Starts reading a PostgreSQL database as it is now, `batch` rows at a time. */
export async function openPostgresSnapshot(url: string, batch: number): Promise<Snapshot> {
  const pool = makePatientPool(url);
  const client = await pool.connect().catch(async (error: unknown) => {
    await pool.end();
    throw openError(url, fromPostgres(error));
  });
  const query = async (text: string) => {
    try {
      return await client.query<unknown[]>({ text, rowMode: 'array' });
    } catch (error) {
      throw fromPostgres(error);
    }
  };
  await query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  return {
    async *read(select) {
      await query(`DECLARE backup NO SCROLL CURSOR FOR ${select}`);
      for (;;) {
        const { rows, fields } = await query(`FETCH ${batch} FROM backup`);
        yield { columns: fields.map(({ name }) => name), rows: rows as RowLine[] };
        if (rows.length < batch) break;
      }
      await query('CLOSE backup');
    },
    async close() {
      client.release(true);
      await pool.end();
    },
  };
}
