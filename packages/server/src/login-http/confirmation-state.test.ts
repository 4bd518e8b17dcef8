import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { call } from '../testing/call.ts';
import { startServer, type Answer } from '../testing/start-server.ts';

const HOUR_MS = 3_600_000;

/** A server with two pools that send links by mail, and a client of each. */
async function openPools(t: TestContext) {
  let nowMs = Date.UTC(2026, 10, 23, 9);
  const { server, send } = await startServer(t, {
    replacements: { clock: { nowMs: () => nowMs } },
  });
  const makePool = async (template: 'CONFIRM_WITH_LINK' | 'CONFIRM_WITH_CODE') => {
    const { UserPool } = await call(server, 'CreateUserPool', {
      PoolName: 'test',
      AutoVerifiedAttributes: ['email'],
      VerificationMessageTemplate: { DefaultEmailOption: template },
    });
    const id = UserPool?.Id ?? '';
    const makeClient = async () => {
      const input = { UserPoolId: id, ClientName: 'web' };
      const { UserPoolClient } = await call(server, 'CreateUserPoolClient', input);
      return UserPoolClient?.ClientId ?? '';
    };
    return { id, app: await makeClient(), makeClient };
  };
  const pool = await makePool('CONFIRM_WITH_LINK');
  const signUp = async (name: string, of = pool) => {
    const { Session } = await call(server, 'SignUp', {
      ClientId: of.app,
      Username: name,
      Password: 'Correct-horse-1',
      UserAttributes: [{ Name: 'email', Value: `${name}@example.com` }],
    });
    return Session ?? '';
  };
  const ask = (session: unknown, { id, app }: { id: string; app: string } = pool) =>
    send({
      path: `/${id}/clients/${app}/confirmation`,
      body: JSON.stringify({ session }),
      headers: { 'content-type': 'application/json', origin: 'https://shop.example.com' },
    });
  const confirm = (name: string) =>
    call(server, 'AdminConfirmSignUp', { UserPoolId: pool.id, Username: name });
  return {
    server,
    send,
    pool,
    makePool,
    signUp,
    ask,
    confirm,
    advance: (ms: number) => void (nowMs += ms),
  };
}

/** Every bit of a response except its date. */
function bits({ status, headers, body }: Answer): string {
  return JSON.stringify([status, { ...headers, date: undefined }, body]);
}

test('a person who signed up learns when the account is confirmed', async (t) => {
  const { signUp, ask, confirm } = await openPools(t);
  const session = await signUp('mara');
  assert.match(session, /^[\w-]{300,2048}$/);
  const waiting = await ask(session);
  assert.deepEqual([waiting.status, waiting.body], [200, '{"confirmed":false}']);
  assert.equal(waiting.headers['access-control-allow-origin'], '*');
  assert.equal(waiting.headers['cache-control'], 'no-store');
  await confirm('mara');
  assert.equal((await ask(session)).body, '{"confirmed":true}');
});

test('an invalid proof gets, bit for bit, the answer for an unconfirmed user', async (t) => {
  const { server, pool, makePool, signUp, ask, confirm, advance } = await openPools(t);
  const unconfirmed = bits(await ask(await signUp('anna')));
  const other = await makePool('CONFIRM_WITH_LINK');
  const mara = await signUp('mara');
  const gone = await signUp('gone');
  const foreign = await signUp('mara', other);
  await confirm('mara');
  await confirm('gone');
  await call(server, 'AdminConfirmSignUp', { UserPoolId: other.id, Username: 'mara' });
  await call(server, 'AdminDeleteUser', { UserPoolId: pool.id, Username: 'gone' });
  assert.equal((await ask(mara)).body, '{"confirmed":true}');
  const flipped = mara.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const challenge = `${mara.slice(0, -4)}AAAA`;
  for (const decoy of [gone, foreign, flipped, challenge, '', 'x', 'é', 'A'.repeat(2_048)]) {
    assert.equal(bits(await ask(decoy)), unconfirmed, decoy);
  }
  // A valid proof, but with another app client, or without such a client or pool.
  const beside = { ...pool, app: await pool.makeClient() };
  for (const place of [beside, { ...other, app: pool.app }, { ...pool, app: 'nobody' }]) {
    assert.equal(bits(await ask(mara, place)), unconfirmed);
  }
  advance(24 * HOUR_MS);
  assert.equal(bits(await ask(mara)), unconfirmed, 'a session ends with its link');
});

test('the session is good for nothing else, and is given only if somebody waits for a link', async (t) => {
  const { server, pool, makePool, signUp, confirm } = await openPools(t);
  const byCode = await makePool('CONFIRM_WITH_CODE');
  assert.equal(await signUp('mara', byCode), '');
  const Session = await signUp('mara');
  await confirm('mara');
  await assert.rejects(
    call(server, 'RespondToAuthChallenge', {
      ClientId: pool.app,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session,
      ChallengeResponses: { USERNAME: 'mara', NEW_PASSWORD: 'Correct-horse-2' },
    }),
    { code: 'NotAuthorizedException', message: 'Invalid session for the user.' },
  );
});

test('it is asked by POST, with a session, from any origin, and not endlessly', async (t) => {
  const { send, pool, ask } = await openPools(t);
  const path = `/${pool.id}/clients/${pool.app}/confirmation`;
  const preflight = await send({ method: 'OPTIONS', path });
  assert.equal(preflight.headers['access-control-allow-headers'], 'content-type');
  assert.equal((await send({ method: 'GET', path })).status, 405);
  for (const body of [undefined, 7, {}, null]) assert.equal((await ask(body)).status, 400);
  assert.equal((await ask('A'.repeat(9_000))).status, 413);
  const statuses = new Set<number>();
  for (let asked = 0; asked < 6_100; asked += 100) {
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask('x')));
    for (const { status } of answers) statuses.add(status);
  }
  assert.deepEqual([...statuses], [200, 429]);
});
