import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ADMINISTRATORS_POOL, CONSOLE_CLIENT } from '../pools/administrators-pool.ts';
import { signInBySrp } from '../testing/sign-in-by-srp.ts';
import { startServer } from '../testing/start-server.ts';
import type { ListedAdministrator } from './manage-administrators.ts';
import { administrator, type Administrator } from './testing/administrator.ts';

/** A server with an owner who acts on administrators and expects a status. */
async function owned(t: TestContext) {
  const running = await startServer(t);
  const owner = await administrator(running, 'owner', 'mara');
  return {
    running,
    owner,
    async act(action: string, body: object, status = 200) {
      const answer = await owner.send('POST', `/administrators/${action}`, body);
      assert.equal(answer.status, status, answer.body);
      return answer.json();
    },
    async list() {
      const answer = await owner.send('GET', '/administrators');
      return (answer.json() as { administrators: ListedAdministrator[] }).administrators;
    },
    audited: async () =>
      (await running.server.storage.stores.audit.list({ poolId: ADMINISTRATORS_POOL }, 100)).items,
  };
}

const isIn = async (who: Administrator) => (await who.send('GET', '/session')).status === 200;

test('an invited administrator signs in with the link, which is shown once', async (t) => {
  const { running, act, list, audited } = await owned(t);
  const email = 'jun@example.com';
  const { link } = await act('add', { username: 'jun', role: 'operator', email });
  const url = new URL(String(link));
  assert.equal(url.origin + url.pathname + url.search, `${running.url}/console/sign-in`);
  const { username, password } = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
  const signIn = (secret = '') =>
    signInBySrp(running, {
      pool: ADMINISTRATORS_POOL,
      client: CONSOLE_CLIENT,
      username: username ?? '',
      password: secret,
    });
  assert.equal((await signIn(password)).json()['ChallengeName'], 'NEW_PASSWORD_REQUIRED');
  assert.deepEqual(
    (await list()).find((one) => one.username === 'jun'),
    { username: 'jun', role: 'operator', email, status: 'FORCE_CHANGE_PASSWORD', enabled: true },
  );
  const again = await act('invite-again', { username: 'jun' });
  assert.notEqual(again['link'], link);
  assert.equal((await signIn(password)).status, 400, 'a newer link ends the one before');

  const entries = (await audited()).filter(({ actor }) => actor === 'mara');
  assert.deepEqual(
    entries.map(({ operation, actorKind, source }) => [operation, actorKind, source]).toReversed(),
    ['AdminCreateUser', 'AdminAddUserToGroup', 'AdminSetUserPassword'].map((operation) => [
      operation,
      'administrator',
      '127.0.0.1',
    ]),
  );
  assert(!JSON.stringify(entries).includes(password ?? '-'));
});

test('roles change at once, and the last owner remains one', async (t) => {
  const { running, owner, act, list } = await owned(t);
  const jun = await administrator(running, 'viewer', 'jun');
  const roles = async () =>
    Object.fromEntries((await list()).map(({ username, role }) => [username, role]));
  for (const role of ['owner', 'viewer', 'operator']) {
    await act('change-role', { username: 'jun', role });
    assert.equal((await jun.send('GET', '/session')).json()['role'], role);
    assert.deepEqual(await roles(), { mara: 'owner', jun: role });
  }
  for (const [action, more] of [
    ['change-role', { role: 'viewer' }],
    ['disable', {}],
    ['remove', {}],
  ] as const) {
    const refused = await act(action, { username: 'mara', ...more }, 400);
    assert.equal(refused['message'], 'mara is the last owner. Add another owner first.');
  }
  assert.deepEqual(await roles(), { mara: 'owner', jun: 'operator' });
  assert(await isIn(owner));
});

test('sessions end on sign-out, disabling, a new password and removal', async (t) => {
  const { running, act, list } = await owned(t);
  for (const action of ['sign-out', 'disable', 'invite-again', 'remove']) {
    const who = await administrator(running, 'operator', `to-${action}`);
    assert(await isIn(who));
    await act(action, { username: who.username });
    assert.equal(await isIn(who), false, action);
  }
  const left = (await list()).filter(({ role }) => role === 'operator');
  assert.deepEqual(Object.fromEntries(left.map(({ username, enabled }) => [username, enabled])), {
    'to-disable': false,
    'to-invite-again': true,
    'to-sign-out': true,
  });
  await act('enable', { username: 'to-disable' });
  assert((await list()).every(({ enabled }) => enabled));
});

test('invalid input is named', async (t) => {
  const { act } = await owned(t);
  for (const [action, body, said] of [
    ['add', { username: '', role: 'viewer' }, /username/],
    ['add', { username: 'jun', role: 'king' }, /role/],
    ['add', { username: 'jun', role: 'viewer', email: 'x' }, /email/],
    ['change-role', { username: 'mara' }, /role/],
    ['disable', {}, /username/],
    ['disable', { username: 'nobody-here' }, /User does not exist/],
  ] as const) {
    assert.match(String((await act(action, body, 400))['message']), said, action);
  }
});

test('administrators can end all of their own sessions, wherever they are', async (t) => {
  const { running, owner, audited } = await owned(t);
  const jun = await administrator(running, 'viewer', 'jun');
  const answer = await jun.send('POST', '/account/sign-out', {});
  assert.equal(answer.status, 200, answer.body);
  assert.match(answer.headers['set-cookie']?.[0] ?? '', /^poolhouse-console=;/);
  assert.equal(await isIn(jun), false);
  assert(await isIn(owner));
  const [entry] = await audited();
  assert.deepEqual(
    [entry?.operation, entry?.actor, entry?.actorKind],
    ['AdminUserGlobalSignOut', 'jun', 'administrator'],
  );
});
