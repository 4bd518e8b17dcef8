import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

interface Line {
  readonly number?: number;
  readonly authentic?: boolean;
  readonly chain?: string;
  readonly fault?: { readonly kind: string; readonly number: number };
}

/** A server with some changes in its audit, an owner who reads it, and somebody who can write to the file. */
async function ground(t: TestContext) {
  const running = await startServer(t);
  const owner = await administrator(running, 'owner', 'mara');
  for (const PoolName of ['one', 'two', 'three']) await owner.call('CreateUserPool', { PoolName });
  const database = new DatabaseSync(join(running.dataFolder, 'poolhouse.db'));
  t.after(() => database.close());
  const exported = async (query = ''): Promise<readonly Line[]> => {
    const { body } = await owner.send('GET', `/audit/export${query}`);
    return body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  };
  const page = async (query = '') => {
    // The page shows the result of the last check, which has just been done.
    await running.server.auditWatch.check();
    return (await owner.send('GET', `/audit${query}`)).json();
  };
  const newest = (await running.server.storage.stores.audit.head()).number;
  return { running, owner, database, exported, page, newest };
}

test('a missing entry shows on the page and in the export, wherever it was', async (t) => {
  const { database, exported, page, newest } = await ground(t);
  assert.equal((await page())['intact'], true);
  assert.equal((await exported()).at(-1)?.chain, 'intact');
  for (const number of [1, 3, newest]) {
    const row = database.prepare('SELECT * FROM audit WHERE number = ?').get(number) ?? {};
    database.prepare('DELETE FROM audit WHERE number = ?').run(number);
    assert.equal((await page())['intact'], false, `page without ${number}`);
    assert.equal((await page('?operation=CreateGroup'))['intact'], false, 'a filter hides nothing');
    const end = (await exported()).at(-1);
    assert.deepEqual([end?.chain, end?.fault], ['broken', { kind: 'missing', number }]);
    const names = Object.keys(row);
    const marks = names.map(() => '?').join(', ');
    database
      .prepare(`INSERT INTO audit (${names.join(', ')}) VALUES (${marks})`)
      .run(...Object.values(row));
    assert.equal((await page())['intact'], true);
  }
});

test('if the newest entries are cut off together with the head, the page and the export show it', async (t) => {
  const { database, exported, page, newest } = await ground(t);
  assert.equal((await page())['intact'], true);
  database.exec(
    `DELETE FROM audit WHERE number = ${newest};
     UPDATE audit_head SET number = ${newest - 1}, hash = (SELECT hash FROM audit WHERE number = ${newest - 1})`,
  );
  for (let at = 0; at < 2; at += 1) {
    const end = (await exported()).at(-1);
    assert.deepEqual([end?.chain, end?.fault], ['broken', { kind: 'missing', number: newest }]);
    assert.equal((await page())['intact'], false);
  }
});

test('a changed entry shows at its own line, and a filtered export makes no statement about the chain', async (t) => {
  const { database, exported, newest } = await ground(t);
  database.prepare(`UPDATE audit SET actor = 'forged' WHERE number = ?`).run(newest - 1);
  const lines = await exported();
  assert.deepEqual(
    lines.filter(({ authentic }) => authentic === false).map(({ number }) => number),
    [newest - 1],
  );
  assert.deepEqual(lines.at(-1)?.fault, { kind: 'changed', number: newest - 1 });
  const chosen = await exported('?operation=CreateUserPool&actor=mara');
  assert.ok(chosen.length > 0 && chosen.every((line) => line.chain === undefined));
});

test('people who are gone are erased from what the page and the export show', async (t) => {
  const { running, owner, exported } = await ground(t);
  const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'people' });
  const UserPoolId = UserPool?.Id ?? '';
  for (const Username of ['canary-one', 'canary-two']) {
    await owner.call('AdminCreateUser', { UserPoolId, Username, MessageAction: 'SUPPRESS' });
  }
  const everything = async () =>
    JSON.stringify([await exported(), (await owner.send('GET', '/audit')).body]);
  assert.match(await everything(), /canary-one/);
  await owner.call('AdminDeleteUser', { UserPoolId, Username: 'canary-one' });
  assert.doesNotMatch(await everything(), /canary-one/);
  assert.match(await everything(), /canary-two/);
  await owner.call('DeleteUserPool', { UserPoolId });
  assert.doesNotMatch(await everything(), /canary/);
  assert.equal((await running.server.auditWatch.check()).fault, undefined);
});

test('creating the console, administrators and access keys is audited', async (t) => {
  const { running, exported } = await ground(t);
  const { id } = await running.server.accessKeys.create({ note: 'for a back end' });
  await running.server.accessKeys.disable(id);
  await running.server.accessKeys.disable(id);
  const told = await exported();
  const count = (operation: string) =>
    told.filter((line) => (line as { operation?: string }).operation === operation).length;
  assert.equal(count('keys create'), 1);
  assert.equal(count('keys disable'), 1, 'what was disabled already is no change');
  assert.ok(count('CreateUserPoolClient') >= 1 && count('CreateGroup') >= 3);
  assert.ok(count('AdminAddUserToGroup') >= 1);
});
