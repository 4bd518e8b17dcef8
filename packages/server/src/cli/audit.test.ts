import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { readConfig } from '../config/config.ts';
import { runAudit } from './audit.ts';
import { runKeys } from './keys.ts';
import { UsageError } from '../commands/usage-error.ts';

test('the audit is verified on the command line', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-audit-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const config = () => readConfig({ POOLHOUSE_DATA: folder });
  const verify = (...args: string[]) => runAudit(['verify', ...args], config);
  const change = (sql: string) => {
    const database = new DatabaseSync(join(folder, 'poolhouse.db'));
    database.exec(sql);
    database.close();
  };
  assert.equal(await verify(), 'The audit is empty.');
  for (const note of ['one', 'two', 'three']) await runKeys(['create', '--note', note], config);
  const said = await verify();
  const place = /^The audit is intact: 3 entries\. The newest is (3:\S+)$/.exec(said)?.[1] ?? '';
  assert.equal(await verify('--expect', place), said);

  await runKeys(['create', '--note', 'four'], config);
  assert.match(await verify('--expect', place), /4 entries/);
  // The newest entries are cut off: only somebody who knows the earlier head can tell.
  change(
    `DELETE FROM audit WHERE number >= 3;
     UPDATE audit_head SET number = 2, hash = (SELECT hash FROM audit WHERE number = 2)`,
  );
  assert.match(await verify(), /2 entries/);
  await assert.rejects(verify('--expect', place), /entry 3 is not the expected one/);

  change(`UPDATE audit SET operation = 'nothing' WHERE number = 2`);
  await assert.rejects(verify(), /The audit is broken: entry 2 was changed after it was written/);
  change('DELETE FROM audit WHERE number = 2');
  await assert.rejects(verify(), /The audit is broken: entry 2 is missing/);

  for (const args of [[], ['frobnicate'], ['verify', '--expect', 'x'], ['verify', 'more']]) {
    await assert.rejects(runAudit(args, config), UsageError);
  }
});
