import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { mock, test } from 'node:test';
import { makeAuditWatch } from './audit-watch.ts';
import { startServer } from './testing/start-server.ts';

const DAY_MS = 86_400_000;

test('the watch tells once of what is broken, and removes what is older than it is to be kept', async (t) => {
  let nowMs = Date.UTC(2026, 10, 27);
  const clock = { nowMs: () => nowMs };
  const { server, dataFolder } = await startServer(t, { replacements: { clock } });
  const { storage, world, accessKeys } = server;
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const log = { info: note, warn: note, error: note };
  const watch = makeAuditWatch(storage, { vault: world.vault, clock, log }, 30);
  await accessKeys.create({ note: 'old' });
  const old = (await storage.stores.audit.head()).number;
  nowMs += 20 * DAY_MS;
  await accessKeys.create({ note: 'new' });

  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  watch.start();
  const round = async () => {
    mock.timers.tick(10 * 60_000);
    await watch.idle();
  };
  await round();
  assert.deepEqual([watch.status()?.fault, watch.status()?.count], [undefined, old + 1]);
  await round();
  assert.equal(watch.status()?.count, 0, 'the second round reads what is new only');
  nowMs += 11 * DAY_MS;
  await round();
  assert.deepEqual(logged, ['audit.pruned']);
  assert.equal((await storage.stores.audit.floor()).number, old);

  const database = new DatabaseSync(join(dataFolder, 'poolhouse.db'));
  t.after(() => database.close());
  database.exec("UPDATE audit SET actor = 'forged'");
  nowMs += DAY_MS;
  await round();
  await round();
  assert.deepEqual(logged, ['audit.pruned', 'audit.broken']);
  await watch.stop();
});
