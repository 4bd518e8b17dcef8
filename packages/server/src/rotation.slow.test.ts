import assert from 'node:assert/strict';
import { createPublicKey, randomBytes, verify, type KeyObject } from 'node:crypto';
import { suite, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { poolId, SERVER_SECRETS } from '@poolhouse/core';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { runRotate } from './cli/rotate.ts';
import { readConfig } from './config/config.ts';
import { startServer, type RunningServer } from './testing/start-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How long a node may keep answering from memory after another has changed something, in real time. */
const REMEMBERED_MS = 1_100;
/** How far the second node's clock is behind. */
const SKEW_MS = 20_000;
/** How long verifiers cache a key set: discovery's max-age. */
const KEY_SET_AGE_MS = 5 * MINUTE;
const PASSWORD = 'Right-1234';
const PEOPLE = 6;

/** Two nodes on one database, whose clocks differ and are moved together. */
async function twoNodes(t: TestContext) {
  const database = await postgresTestDatabase();
  t.after(() => database.drop());
  let nowMs = Date.now();
  const environment = {
    POOLHOUSE_DATABASE_URL: database.url,
    POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
    POOLHOUSE_KEYS: `common:${randomBytes(32).toString('base64')}`,
  };
  const node = (skewMs: number) =>
    startServer(t, { environment, replacements: { clock: { nowMs: () => nowMs - skewMs } } });
  const a = await node(0);
  const b = await node(SKEW_MS);
  const aws = a.client();
  const { UserPool } = await aws.send(new CreateUserPoolCommand({ PoolName: 'rotated' }));
  const pool = { UserPoolId: UserPool?.Id ?? '' };
  const { UserPoolClient } = await aws.send(
    new CreateUserPoolClientCommand({
      ...pool,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AccessTokenValidity: 24,
      IdTokenValidity: 24,
    }),
  );
  for (let person = 0; person < PEOPLE; person += 1) {
    const user = { ...pool, Username: `person-${person}` };
    await aws.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
    const password = { ...user, Password: PASSWORD, Permanent: true };
    await aws.send(new AdminSetUserPasswordCommand(password));
  }
  const config = () => readConfig({ ...environment, POOLHOUSE_DATA: a.dataFolder });
  return {
    a,
    b,
    pool: pool.UserPoolId,
    client: UserPoolClient?.ClientId ?? '',
    rotate: (...args: string[]) => runRotate(args, config),
    nowMs: () => nowMs,
    /** Advances both clocks, in steps in which other work continues. */
    async advance(ms: number, steps = 60) {
      for (let step = 0; step < steps; step += 1) {
        nowMs += ms / steps;
        await delay(5);
      }
    },
  };
}

type Nodes = Awaited<ReturnType<typeof twoNodes>>;

/** A back end that checks tokens with a key set that it caches for as long as it may, without reloading it in between. */
function makeVerifier({ nowMs, pool }: Nodes, node: RunningServer) {
  let kept:
    { readonly keys: ReadonlyMap<string, KeyObject>; readonly readAtMs: number } | undefined;
  const keySet = async () => {
    const readAtMs = nowMs();
    const path = `/${pool}/.well-known/jwks.json`;
    const answer = await node.send({ method: 'GET', path });
    const { keys } = answer.json() as {
      keys: { kid: string; n: string; e: string; kty: string }[];
    };
    const opened = keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })] as const);
    return { keys: new Map(opened), readAtMs };
  };
  return async (token: string): Promise<string | undefined> => {
    if (kept === undefined || nowMs() - kept.readAtMs >= KEY_SET_AGE_MS) kept = await keySet();
    const [head = '', body = '', signature = ''] = token.split('.');
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string };
    const key = kept.keys.get(kid);
    if (key === undefined) return `no key ${kid}`;
    const isOurs = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      key,
      Buffer.from(signature, 'base64url'),
    );
    return isOurs ? undefined : 'wrong signature';
  };
}

interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

/** Users who sign in, call GetUser and refresh on one node, and whose tokens the other node and two back ends check. */
function makeLoad(nodes: Nodes) {
  const { a, b, client } = nodes;
  const verifiers = [makeVerifier(nodes, a), makeVerifier(nodes, b)];
  const faults: string[] = [];
  const kept: Tokens[] = [];
  let count = 0;
  const ask = async (node: RunningServer, operation: string, input: object) => {
    const answer = await node.post(operation, JSON.stringify(input));
    count += 1;
    if (answer.status !== 200) faults.push(`${operation}: ${answer.body}`);
    return answer.json();
  };
  const check = async (tokens: Pick<Tokens, 'AccessToken' | 'IdToken'>, other: RunningServer) => {
    await ask(other, 'GetUser', { AccessToken: tokens.AccessToken });
    for (const verifier of verifiers) {
      for (const token of [tokens.AccessToken, tokens.IdToken]) {
        const fault = await verifier(token);
        if (fault !== undefined) faults.push(fault);
      }
    }
  };
  const signIn = async (node: RunningServer, person: number) => {
    const { AuthenticationResult } = await ask(node, 'InitiateAuth', {
      ClientId: client,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: `person-${person}`, PASSWORD },
    });
    return AuthenticationResult as Tokens;
  };
  let isOver = false;
  const live = async (person: number) => {
    for (let turn = 0; !isOver; turn += 1) {
      const [node, other] = turn % 2 === 0 ? [a, b] : [b, a];
      const tokens = await signIn(node, person);
      await check(tokens, other);
      const { AuthenticationResult } = await ask(other, 'InitiateAuth', {
        ClientId: client,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
      });
      await check(AuthenticationResult as Tokens, node);
      if (turn % 10 === 0) kept.push(tokens);
    }
  };
  const running = Promise.all(Array.from({ length: PEOPLE }, (_, person) => live(person)));
  return {
    faults,
    count: () => count,
    /** Checks again tokens that were issued long before. */
    checkKept: () => Promise.all(kept.map((tokens) => check(tokens, b))),
    async end() {
      isOver = true;
      await running;
    },
  };
}

suite('two nodes under load', { skip: postgresSkipReason ?? false }, () => {
  test('rotating the signing keys on one node makes no token invalid on the other, nor at verifiers', async (t) => {
    const nodes = await twoNodes(t);
    const { a, b, pool, rotate, advance } = nodes;
    const load = makeLoad(nodes);
    await advance(MINUTE);
    const all = new Set<string>();
    for (let rotation = 0; rotation < 3; rotation += 1) {
      assert.match(await rotate('signing-keys', pool), /are published, and will sign from/);
      await delay(REMEMBERED_MS);
      const keys = await b.server.world.signingKeys.of(poolId(pool));
      assert.equal(keys?.jwks.length, 2 * (rotation + 2), 'the other node knows them');
      await advance(11 * MINUTE);
      const now = await b.server.world.signingKeys.of(poolId(pool));
      assert(now);
      assert(!all.has(now.id.kid), 'the new key signs at the other node');
      for (const { kid } of now.jwks) all.add(kid);
    }
    await load.checkKept();
    await load.end();
    assert.deepEqual([...new Set(load.faults)], []);
    assert(load.count() > 300, `${load.count()} requests`);

    // The last token of the first three pairs has expired.
    await advance(26 * HOUR, 1);
    await until(
      async () => (await a.server.storage.stores.signingKeys.of(poolId(pool))).length === 2,
    );
    await delay(REMEMBERED_MS);
    assert.equal((await b.server.world.signingKeys.of(poolId(pool)))?.jwks.length, 2);
    const after = makeLoad(nodes);
    await advance(MINUTE, 20);
    await after.end();
    assert.deepEqual([...new Set(after.faults)], []);
  });

  test('rotating a data key on one node, and re-sealing everything, delays nobody on the other', async (t) => {
    const nodes = await twoNodes(t);
    const { a, pool, rotate, advance } = nodes;
    const load = makeLoad(nodes);
    for (const version of [2, 3]) {
      for (const owner of [pool, SERVER_SECRETS]) {
        assert.match(await rotate('data-key', owner), new RegExp(`^Data key ${version} of`));
      }
      await delay(REMEMBERED_MS);
      await advance(3 * MINUTE);
      await until(async () => (await a.server.storage.stores.jobs.nextDueAtMs()) === undefined);
    }
    await load.checkKept();
    await load.end();
    assert.deepEqual([...new Set(load.faults)], []);
    await delay(REMEMBERED_MS);
    const { users, signingKeys } = a.server.storage.stores;
    for (let person = 0; person < PEOPLE; person += 1) {
      const user = await users.byName(poolId(pool), `person-${person}`);
      assert.match(user?.sealedPassword ?? '', /^v1\.3\./);
    }
    for (const { sealedPrivate } of await signingKeys.of(poolId(pool))) {
      assert.match(sealedPrivate, /^v1\.3\./);
    }
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isSo()) return;
    await delay(50);
  }
  throw new Error('it does not come to that');
}
