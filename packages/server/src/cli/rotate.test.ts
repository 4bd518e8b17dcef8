import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { readConfig } from '../config/config.ts';
import { startServer } from '../testing/start-server.ts';
import { runRotate } from './rotate.ts';
import { RefusedCommand, UsageError } from '../commands/usage-error.ts';

async function ground(t: TestContext) {
  const running = await startServer(t);
  const { UserPool } = await running
    .client()
    .send(new CreateUserPoolCommand({ PoolName: 'rotated' }));
  const { dataFolder } = running;
  const config = () => readConfig({ POOLHOUSE_DATA: dataFolder });
  const rotate = (...args: string[]) => runRotate(args, config);
  const keySet = async () => {
    const answer = await running.send({
      method: 'GET',
      path: `/${UserPool?.Id}/.well-known/jwks.json`,
    });
    return (answer.json() as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  };
  return { ...running, rotate, keySet, pool: UserPool?.Id ?? '' };
}

const MOMENT = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC`;

test('a running server rotates keys for the command line, and says what happens when', async (t) => {
  const { rotate, keySet, pool } = await ground(t);
  const former = await keySet();
  assert.match(
    await rotate('signing-keys', pool),
    new RegExp(
      `^The new signing keys of ${pool} are published, and will sign from ${MOMENT} on\\.\\n  The previous keys stay published until ${MOMENT}, when the last token that they signed has expired\\.$`,
    ),
  );
  const all = await keySet();
  assert.equal(all.length, 4);
  assert.deepEqual(all.slice(0, 2), former);
  await assert.rejects(rotate('signing-keys', pool), (error) => {
    assert(error instanceof RefusedCommand);
    const text = `^The newest signing keys of ${pool} are already published, and will sign from ${MOMENT} on\\.$`;
    assert.match(error.message, new RegExp(text));
    return true;
  });
  assert.match(
    await rotate('signing-keys', pool, '--at-once'),
    new RegExp(
      `^The new signing keys of ${pool} sign from now on\\. The previous keys are removed\\.`,
    ),
  );
  const last = await keySet();
  assert.equal(last.length, 2);
  assert.equal(last.filter((kid) => all.includes(kid)).length, 0);

  for (const owner of [pool, 'server']) {
    assert.match(
      await rotate('data-key', owner),
      new RegExp(`^Data key 2 of ${owner} seals from ${MOMENT} on\\.`),
    );
    await assert.rejects(rotate('data-key', owner), /is still being re-sealed/);
  }
});

test('the refusal names what cannot be rotated', async (t) => {
  const { rotate, pool, client, logged } = await ground(t);
  await client().send(new DeleteUserPoolCommand({ UserPoolId: pool }));
  for (const owner of [pool, 'eu-west-1_nosuchone', 'nonsense']) {
    for (const what of ['signing-keys', 'data-key']) {
      await assert.rejects(rotate(what, owner), (error) => {
        assert(error instanceof RefusedCommand, String(error));
        assert.equal(error.message, `There is no user pool ${owner}.`);
        return true;
      });
    }
  }
  await assert.rejects(rotate('signing-keys', 'server'), /There is no user pool server/);
  // Refusals are answers, not errors of the server.
  assert(!logged.some(({ level }) => level === 'error'));
  for (const args of [
    [],
    ['keys', pool],
    ['signing-keys'],
    ['signing-keys', pool, pool],
    ['signing-keys', pool, '--now'],
    ['data-key'],
    ['data-key', pool, '--at-once'],
  ]) {
    await assert.rejects(rotate(...args), UsageError, args.join(' '));
  }
});

test('without a running server the command opens the database, and a later start does the rest', async (t) => {
  const { server, rotate, pool } = await ground(t);
  await server.stop();
  assert.match(await rotate('data-key', pool), /Data key 2/);
  assert.match(await rotate('signing-keys', pool), /are published/);
  await assert.rejects(rotate('signing-keys', 'eu-west-1_nosuchone'), /There is no user pool/);
});
