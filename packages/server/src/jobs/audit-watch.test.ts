import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { makeAuditWatch } from './audit-watch.ts';
import { startServer } from '../testing/start-server.ts';

const DAY_MS = 86_400_000;

/** A watch that keeps thirty days, its rounds, and its database as seen by somebody who can write to the file. */
async function ground(t: TestContext) {
  let nowMs = Date.UTC(2026, 10, 27);
  const clock = { nowMs: () => nowMs };
  const { server, dataFolder } = await startServer(t, { replacements: { clock } });
  const { storage, world, accessKeys } = server;
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const log = { info: note, warn: note, error: note };
  const watch = makeAuditWatch(storage, { vault: world.vault, clock, log }, 30);
  const { signal: stopping } = new AbortController();
  const round = () => watch.work.run({ stopping, goesOn: () => Promise.resolve(true) });
  const database = new DatabaseSync(join(dataFolder, 'poolhouse.db'));
  t.after(() => database.close());
  const pass = (days: number) => void (nowMs += days * DAY_MS);
  return { storage, accessKeys, watch, logged, pass, round, database };
}

test('the watch reports damage once, and removes entries older than the retention time', async (t) => {
  const { storage, accessKeys, watch, logged, pass, round, database } = await ground(t);
  await accessKeys.create({ note: 'old' });
  const old = (await storage.stores.audit.head()).number;
  pass(20);
  await accessKeys.create({ note: 'new' });

  await round();
  assert.deepEqual([watch.status()?.fault, watch.status()?.count], [undefined, old + 1]);
  await round();
  assert.equal(watch.status()?.count, 0, 'the second round reads what is new only');
  pass(11);
  await round();
  assert.deepEqual(logged, ['audit.pruned']);
  assert.equal((await storage.stores.audit.floor()).number, old);

  database.exec("UPDATE audit SET actor = 'forged'");
  pass(1);
  await round();
  await round();
  assert.deepEqual(logged, ['audit.pruned', 'audit.broken']);
});

test('entries that were cut off stay missing, and retention does not touch what was tampered with', async (t) => {
  const { storage, accessKeys, watch, logged, round, database } = await ground(t);
  for (const name of ['one', 'two', 'three']) await accessKeys.create({ note: name });
  const { number } = await storage.stores.audit.head();
  await round();
  assert.equal(watch.status()?.fault, undefined);

  database.exec(
    `CREATE TEMP TABLE kept AS SELECT * FROM audit; CREATE TEMP TABLE kept_head AS SELECT * FROM audit_head;
     DELETE FROM audit WHERE number = ${number};
     UPDATE audit_head SET number = ${number - 1}, hash = (SELECT hash FROM audit WHERE number = ${number - 1})`,
  );
  for (let at = 0; at < 3; at += 1) {
    await round();
    assert.deepEqual(watch.status()?.fault, { kind: 'missing', number });
    assert.deepEqual((await watch.check()).fault, { kind: 'missing', number });
  }
  // Other entries that take their place do not count.
  await accessKeys.create({ note: 'other' });
  await round();
  assert.deepEqual(watch.status()?.fault, { kind: 'changed', number });
  database.exec(
    `DELETE FROM audit WHERE number = ${number}; INSERT INTO audit SELECT * FROM kept WHERE number = ${number};
     UPDATE audit_head SET hash = (SELECT hash FROM kept_head)`,
  );
  await round();
  assert.equal(watch.status()?.fault, undefined);

  // Between two checks of the whole chain old entries are not read; making an entry look old does not get rid of it.
  database.exec('UPDATE audit SET at_ms = 0 WHERE number = 1');
  await round();
  await round();
  assert.deepEqual(watch.status()?.fault, { kind: 'changed', number: 1 });
  assert.equal((await storage.stores.audit.floor()).number, 0);
  assert.deepEqual(logged, ['audit.broken', 'audit.broken', 'audit.broken']);
});
