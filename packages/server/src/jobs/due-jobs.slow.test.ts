import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AdminCreateUserCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  deletionOfPool,
  makeKeyRing,
  makeVault,
  poolId,
  systemRandom,
  type Log,
  type Storage,
} from '@poolhouse/core';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { startServer } from '../testing/start-server.ts';
import { runnerOf } from '../testing/runner-of.ts';
import { claimJob, dueJobs, workOn } from './due-jobs.ts';

const POOL = poolId('local_jobs');
const USERS = 450;

interface Line {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

/** A deleted pool with users whose deletion has not been carried out, in a database that may be opened several times. */
async function deletedPool(t: TestContext, make: MakeDatabase) {
  const database = await make();
  const opened: Storage[] = [];
  t.after(async () => {
    for (const storage of opened) await storage.close();
    await database.drop();
  });
  const lines: Line[] = [];
  const note: Log['info'] = (event, fields) => void lines.push({ event, fields });
  const log = { info: note, warn: note, error: note };
  let nowMs = 1_800_000_000_000;
  const clock = { nowMs: () => nowMs };
  const ring = makeKeyRing([{ id: 'test', key: systemRandom.bytes(32) }]);
  const open = async () => {
    const storage = await database.open();
    opened.push(storage);
    const vault = makeVault(storage.stores, { ring, random: systemRandom, clock });
    return { storage, world: { clock, log, vault, random: systemRandom } };
  };
  const parts = await open();
  const { stores } = parts.storage;
  await stores.pools.createIfAbsent({
    id: POOL,
    region: 'local',
    name: 'jobs',
    settings: { SchemaAttributes: [] },
    allowsSrp: false,
    createdAtMs: nowMs,
    modifiedAtMs: nowMs,
  });
  await parts.storage.transaction(async ({ limits }) => {
    for (let index = 0; index < USERS; index += 1)
      await limits.take(POOL, `subject ${index}`, 'try', 1, 3_600_000, nowMs);
  });
  await stores.pools.delete(POOL, nowMs);
  const untilDone = async () => {
    for (let tries = 0; tries < 400; tries += 1) {
      if ((await stores.jobs.get(deletionOfPool(POOL))) === undefined) return;
      nowMs += 50;
      await delay(10);
    }
    throw new Error('the job does not end');
  };
  return { ...parts, open, lines, untilDone, advance: (ms: number) => void (nowMs += ms) };
}

const databases = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const;

for (const [name, database, skip] of databases) {
  test(`a runner does a job in slices without delaying others (${name})`, { skip }, async (t) => {
    const made = await deletedPool(t, database);
    const runner = runnerOf(dueJobs(made));
    runner.start();
    t.after(() => runner.stop());
    await made.untilDone();
    const done = made.lines.filter(({ event }) => event === 'job.done');
    assert.equal(done.length, 1);
    assert.equal(done[0]?.fields?.['kind'], 'delete-pool');
    // 450 rows in slices of 100, or of fewer on a slow machine, and on PostgreSQL the record, which stays for two seconds.
    assert.ok(Number(done[0]?.fields?.['slices']) <= 19);
    assert.equal(await made.storage.stores.pools.carryOutDeletion(POOL, 1, 0), 'gone');
    await runner.stop();
  });

  test(
    `what a killed node had started is finished by the next one (${name})`,
    { skip },
    async (t) => {
      const made = await deletedPool(t, database);
      // It takes the job and is never heard of again.
      assert.ok(await claimJob(made));
      const runner = runnerOf(dueJobs(made));
      runner.start();
      t.after(() => runner.stop());
      await delay(1_200);
      assert.ok(await made.storage.stores.jobs.get(deletionOfPool(POOL)));
      made.advance(10_000);
      await made.untilDone();
      await runner.stop();
    },
  );
}

test('a runner that is stopped hands its job over at once', async (t) => {
  const made = await deletedPool(t, sqliteTestDatabase);
  const job = await claimJob(made);
  assert.ok(job);
  await workOn(made, job, AbortSignal.abort());
  const next = await claimJob(made);
  assert.ok(next);
  // Whoever has lost the job stops silently.
  await workOn(made, job, new AbortController().signal);
  assert.deepEqual(made.lines, []);
  await workOn(made, next, new AbortController().signal);
  assert.deepEqual(
    made.lines.map(({ event }) => event),
    ['job.done'],
  );
});

test('a job that fails is logged, and tried again later', async (t) => {
  const made = await deletedPool(t, sqliteTestDatabase);
  const job = await claimJob(made);
  assert.ok(job);
  const transaction = t.mock.method(made.storage, 'transaction', () => {
    throw new Error('locked');
  });
  await workOn(made, job, new AbortController().signal);
  assert.deepEqual(
    made.lines.map(({ event }) => event),
    ['job.failed'],
  );
  transaction.mock.restore();
  assert.equal(await claimJob(made), undefined);
  made.advance(30_000);
  assert.ok(await claimJob(made));
});

test(
  'two nodes never have the same job at the same time (PostgreSQL)',
  { skip: postgresSkipReason ?? false },
  async (t) => {
    const made = await deletedPool(t, postgresTestDatabase);
    const nodes = [made, await made.open(), await made.open()];
    const runners = nodes.map((node) => runnerOf(dueJobs(node)));
    for (const runner of runners) runner.start();
    await made.untilDone();
    for (const runner of runners) await runner.stop();
    assert.deepEqual(
      made.lines.map(({ event }) => event),
      ['job.done'],
    );
  },
);

test('a declared pool and app client that were deleted are created again at the next start, without their users', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-jobs-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'poolhouse.yaml');
  await writeFile(
    file,
    `pools:
  - id: local_again
    name: again
    clients: [{ id: againclientagainclient, name: web }, { id: otherclientotherclient, name: other }]
`,
  );
  const environment = { POOLHOUSE_DATA: folder, POOLHOUSE_DECLARATION: file };
  const ids = { UserPoolId: 'local_again', ClientId: 'againclientagainclient' };
  const start = async () => {
    const started = await startServer({ after: () => undefined }, { environment });
    t.after(() => started.server.stop());
    return started;
  };
  const first = await start();
  const aws = first.client(undefined, 'local');
  const user = { UserPoolId: ids.UserPoolId, Username: 'ada' };
  await aws.send(new AdminCreateUserCommand(user));
  await aws.send(new DeleteUserPoolClientCommand({ ...ids, ClientId: 'otherclientotherclient' }));
  await aws.send(new DeleteUserPoolCommand({ UserPoolId: ids.UserPoolId }));
  await first.server.stop();

  const second = await start();
  const again = second.client(undefined, 'local');
  const { UserPool } = await again.send(new DescribeUserPoolCommand(ids));
  assert.equal(UserPool?.EstimatedNumberOfUsers, 0);
  await again.send(new DescribeUserPoolClientCommand(ids));
  await again.send(new AdminCreateUserCommand(user));
  assert.ok(second.logged.some(({ event }) => event === 'job.awaited'));
  await again.send(new DeleteUserPoolClientCommand(ids));
  await second.server.stop();

  const third = await start();
  await third.client(undefined, 'local').send(new DescribeUserPoolClientCommand(ids));
  await third.server.stop();
  assert.deepEqual(
    [...second.logged, ...third.logged].filter(({ level }) => level === 'error'),
    [],
  );
});
