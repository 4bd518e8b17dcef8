import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { postgresSkipReason, postgresTestDatabase } from '../contract/postgres-test-database.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { StorageOptions } from '../storage/open-storage.ts';
import { checkFacts, checkWholeness } from './facts.ts';
import type { Fact } from './facts.ts';

const writer = fileURLToPath(new URL('crashing-writer.ts', import.meta.url));
/** Each takes a fifth of a second of processor time, mostly for starting; F01 asks for 2,000 a night. */
const kills = Number(process.env['POOLHOUSE_TEST_KILLS'] ?? 50);

/** Starts a writer, kills it after some acknowledged facts, wherever it is then, and returns all facts that it acknowledged. */
async function killedWriter(options: StorageOptions, factsBeforeKill: number): Promise<Fact[]> {
  const child = spawn(process.execPath, [...process.execArgv, writer, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const facts: Fact[] = [];
  for await (const line of createInterface(child.stdout)) {
    facts.push(JSON.parse(line) as Fact);
    if (facts.length === factsBeforeKill) child.kill('SIGKILL');
  }
  const [, signal] = (await ended) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', 'the writer ended by itself');
  return facts;
}

/** Runs this many writers, one after the other; nothing that any of them acknowledged may be lost. */
async function killAndCheck(options: StorageOptions, times: number): Promise<void> {
  let acknowledged = 0;
  for (let kill = 0; kill < times; kill += 1) {
    const facts = await killedWriter(options, 1 + Math.floor(Math.random() * 200));
    acknowledged += facts.length;
    // Opening also shows that a killed process leaves no lock behind.
    const storage = await openStorage(options);
    await checkFacts(storage, facts);
    if (kill === times - 1) await checkWholeness(storage);
    await storage.close();
  }
  assert.ok(acknowledged >= times);
}

test('SQLite: killed at any moment, nothing acknowledged is lost and nothing is half done', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-crash-'));
  // Two files at a time, because most of the time goes into starting processes.
  await Promise.all(
    ['a.db', 'b.db'].map((name) =>
      killAndCheck({ kind: 'sqlite', file: join(folder, name) }, Math.ceil(kills / 2)),
    ),
  );
  await rm(folder, { recursive: true });
});

test(
  'PostgreSQL: a node killed at any moment loses nothing acknowledged',
  { skip: postgresSkipReason ?? false },
  async () => {
    const database = await postgresTestDatabase();
    await killAndCheck({ kind: 'postgres', url: database.url }, Math.ceil(kills / 5));
    await database.drop();
  },
);
