import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { composeServer } from './compose/compose-server.ts';
import { readConfig } from './config/config.ts';
import { readKeyFile } from './config/key-file.ts';
import { applyDeclaration } from './declarative/apply-declaration.ts';
import { parseDeclaration, readDeclaration } from './declarative/read-declaration.ts';
import { runMain } from './testing/run-main.ts';

const REPOSITORY_FILE = new URL('../../../poolhouse.yaml', import.meta.url).pathname;
const NODES = 4;

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-nodes-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Settings for nodes that share an empty database and one key. */
async function sharedSettings(t: TestContext): Promise<Record<string, string>> {
  const database = await postgresTestDatabase();
  t.after(() => database.drop());
  return {
    POOLHOUSE_PORT: '0',
    POOLHOUSE_DATABASE_URL: database.url,
    POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
    POOLHOUSE_KEYS: `common:${randomBytes(32).toString('base64')}`,
    POOLHOUSE_DECLARATION: REPOSITORY_FILE,
    POOLHOUSE_LOG_LEVEL: 'info',
    POOLHOUSE_PASSWORD_HASH: 'test',
  };
}

suite('nodes that start together', { skip: postgresSkipReason ?? false }, () => {
  test('on an empty database with a declaration: all start, and one of them applies it', async (t) => {
    const settings = await sharedSettings(t);
    const nodes = await Promise.all(
      Array.from({ length: NODES }, async () =>
        runMain([], { ...settings, POOLHOUSE_DATA: await folderOf(t) }),
      ),
    );
    t.after(() => nodes.map(({ child }) => child.kill('SIGKILL')));
    await Promise.all(nodes.map(({ url }) => url));
    for (const { child } of nodes) child.kill('SIGTERM');
    const ended = await Promise.all(nodes.map((node) => node.ended));
    assert.deepEqual(
      ended.map(({ code, stderr }) => [code, stderr]),
      nodes.map(() => [0, '']),
    );
    const said = ended.map(({ stdout }) => stdout).join('');
    const times = (text: RegExp) => said.match(text)?.length ?? 0;
    assert.equal(times(/User pool +poolhouse/g), NODES);
    assert.equal(times(/"kind":"pool".*"declaration.created"/g), 1);
    assert.equal(times(/"kind":"client".*"declaration.created"/g), 1);
    assert.equal(times(/"kind":"group".*"declaration.created"/g), 2);
    assert.equal(times(/temporary password \S{16}/g), 1);
    assert.equal(times(/declaration.updated/g), 0);
    // Each prints the link to the console; the newest one is valid, and works once.
    assert.equal(times(/set-up\?token=/g), NODES);
  });

  test('create a declared pool without an id once, and the console too', async (t) => {
    const settings = await sharedSettings(t);
    const nodes = await Promise.all(
      Array.from({ length: NODES }, async () => {
        const config = readConfig({ ...settings, POOLHOUSE_DATA: await folderOf(t) });
        const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
        return composeServer({ ...config, declaration: undefined }, { log });
      }),
    );
    t.after(() => Promise.all(nodes.map((node) => node.stop())));
    const file = parseDeclaration(
      `pools: [{ name: shared, region: eu-west-1, clients: [{ name: web }],
        groups: [{ name: admins }], users: [{ username: mara, groups: [admins] }] }]`,
      'x.yaml',
    );
    const applied = await Promise.all(nodes.map((node) => applyDeclaration(node, file)));
    assert.equal(new Set(applied.map(({ pools }) => pools[0]?.id)).size, 1);
    assert.equal(new Set(applied.map(({ pools }) => pools[0]?.clients[0]?.id)).size, 1);
    assert.equal(applied.flatMap(({ newUsers }) => newUsers).length, 1);
    const links = await Promise.all(nodes.map((node) => node.setUpLink()));
    assert.equal(links.filter((link) => link !== undefined).length, NODES);
  });
});

test(
  'work that one node does for all is taken over if that node is killed in the middle of it',
  { skip: postgresSkipReason ?? false },
  async (t) => {
    const database = await postgresTestDatabase();
    t.after(() => database.drop());
    const keys = `common:${randomBytes(32).toString('base64')}`;
    await (await database.open()).close();
    await database.run("INSERT INTO spent_proofs (id, expires_at_ms) VALUES ('long-ended', 1)");
    // The purge starts with codes, and waits there.
    const locked = database.run(
      'BEGIN; LOCK TABLE codes IN SHARE ROW EXCLUSIVE MODE; SELECT pg_sleep(15); COMMIT',
    );
    // Here the first round comes after a second, not after a minute.
    const sooner = `const later = globalThis.setTimeout;
      globalThis.setTimeout = (work, ms, ...rest) => later(work, ms === 60_000 ? 1_000 : ms, ...rest);`;
    const nodes = await Promise.all(
      [1, 2].map(async () =>
        runMain([], {
          POOLHOUSE_PORT: '0',
          POOLHOUSE_DATABASE_URL: database.url,
          POOLHOUSE_KEYS: keys,
          POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
          POOLHOUSE_DATA: await folderOf(t),
          NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(sooner)}`,
        }),
      ),
    );
    t.after(() => nodes.map(({ child }) => child.kill('SIGKILL')));
    await Promise.all(nodes.map(({ url }) => url));
    const holder = async () => Number(/(\d+)@/.exec(await database.contents())?.[1]);
    const isHeldBy = async (pids: readonly (number | undefined)[]) => {
      const untilMs = performance.now() + 20_000;
      while (!pids.includes(await holder())) {
        assert(performance.now() < untilMs, `held by ${await holder()}, not by ${pids.join()}`);
        await delay(50);
      }
    };
    await isHeldBy(nodes.map(({ child }) => child.pid));
    const first = await holder();
    const killedAtMs = performance.now();
    process.kill(first, 'SIGKILL');
    assert.match(await database.contents(), /long-ended/);
    const other = nodes.find(({ child }) => child.pid !== first)?.child.pid;
    await isHeldBy([other]);
    t.diagnostic(`taken over after ${Math.round(performance.now() - killedAtMs)} ms`);
    while ((await database.contents()).includes('long-ended')) await delay(50);
    await locked;
  },
);

test('what a declaration names and somebody creates meanwhile by the API counts as found', async (t) => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const config = readConfig({ POOLHOUSE_DATA: await folderOf(t), POOLHOUSE_PASSWORD_HASH: 'test' });
  const server = await composeServer({ ...config, declaration: undefined }, { log });
  t.after(() => server.stop());
  const file = readDeclaration(REPOSITORY_FILE);
  // Like a node of a build that does not wait: both look before either has created anything.
  server.storage.exclusively = (work) => work();
  const both = await Promise.all([server, server].map((one) => applyDeclaration(one, file)));
  assert.equal(both.flatMap(({ newUsers }) => newUsers).length, 1);
  assert.deepEqual(
    new Set(both.map(({ pools }) => pools[0]?.result)),
    new Set(['created', 'kept']),
  );
});

test('processes that share a data folder read one complete key file', async (t) => {
  const folder = await folderOf(t);
  const script = `import { readKeyFile } from ${JSON.stringify(import.meta.resolve('./config/key-file.ts'))};
    const { keys, isNew } = readKeyFile(${JSON.stringify(folder)}, { mayMake: true, databaseFile: undefined });
    console.log(keys[0].id, isNew);`;
  const run = promisify(execFile);
  const args = ['-C', 'poolhouse-source', '--input-type=module', '-e', script];
  const said = await Promise.all(
    Array.from({ length: NODES }, async () => (await run(process.execPath, args)).stdout.trim()),
  );
  assert.equal(new Set(said.map((line) => line.split(' ')[0])).size, 1, said.join());
  assert.equal(said.filter((line) => line.endsWith('true')).length, 1);
  assert.deepEqual(await readdir(folder), ['poolhouse.key']);
  const { keys } = readKeyFile(folder, { mayMake: false, databaseFile: undefined });
  assert.match(
    await readFile(join(folder, 'poolhouse.key'), 'utf8'),
    new RegExp(keys[0]?.id ?? ''),
  );
});
