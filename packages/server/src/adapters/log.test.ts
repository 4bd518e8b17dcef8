import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Failure } from '@poolhouse/core';
import { sensitiveMembers } from '@poolhouse/model';
import { makeLog } from './log.ts';

async function written(
  t: TestContext,
  write: (log: ReturnType<typeof makeLog>) => void,
): Promise<Record<string, unknown>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-log-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'log');
  const log = makeLog('info', file);
  write(log);
  await log.close();
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('no sensitive member of the API is logged, at any depth and in any letter case (X26)', async (t) => {
  const names = [...sensitiveMembers, 'authorization', 'Cookie', 'password', 'accessToken', 'code'];
  const secrets = Object.fromEntries(names.map((name) => [name, 'canary-4711']));
  const lines = await written(t, (log) => {
    log.info('flat', secrets);
    log.warn('nested', { input: { list: [secrets] } });
    log.error('in an error', { err: new Error('outer', { cause: secrets }) });
  });
  assert.equal(lines.length, 3);
  assert.doesNotMatch(JSON.stringify(lines), /canary/);
});

test('what a caller typed stays within one line (X25)', async (t) => {
  const typed = 'a\r\n{"level":60,"msg":"forged"}\u001b[31m';
  const lines = await written(t, (log) => log.info('event', { typed, level: 60, time: 'never' }));
  assert.equal(lines.length, 1);
  assert.equal(lines[0]?.['level'], 30);
  assert.notEqual(lines[0]?.['time'], 'never');
  assert.equal(lines[0]?.['typed'], typed);
  assert.equal(lines[0]?.['msg'], 'event');
});

test('errors keep their text, cause and stack; cycles and deep nesting are cut off', async (t) => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const lines = await written(t, (log) => {
    log.error('failed', {
      err: new Failure('NotAuthorizedException', 'public', 'private', new Error('why')),
    });
    log.info('circle', { circle, big: 5n });
  });
  const error = lines[0]?.['err'] as { message: string; cause: { message: string } };
  assert.equal(error.message, 'public');
  assert.equal(error.cause.message, 'why');
  assert.equal(lines.length, 2);
});

test('a reader that has stopped does not keep the process from ending', async (t) => {
  const log = fileURLToPath(new URL('./log.ts', import.meta.url));
  const script = `
    const { makeLog } = await import(${JSON.stringify(log)});
    const log = makeLog('info');
    for (let line = 0; line < 300; line += 1) log.info('line', { filler: 'x'.repeat(1000) });
    await log.close();
    process.exit(0);
  `;
  const child = spawn(
    process.execPath,
    ['-C', 'poolhouse-source', '--input-type=module', '-e', script],
    { stdio: ['ignore', 'pipe', 'inherit'], timeout: 10_000 },
  );
  t.after(() => child.stdout.destroy());
  // Nobody reads what it writes.
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  assert.deepEqual({ code, signal }, { code: 0, signal: null });
});

test('a reader that has stopped blocks nothing; what was dropped is counted (F31)', async () => {
  const log = fileURLToPath(new URL('./log.ts', import.meta.url));
  const script = `
    const { makeLog } = await import(${JSON.stringify(log)});
    const log = makeLog('info');
    for (let line = 0; line < 3000; line += 1) {
      log.info('line', { filler: 'x'.repeat(1000) });
      if (line % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    process.stderr.write('still running');
    process.stdin.resume().on('end', () => log.close());
  `;
  const child = spawn(
    process.execPath,
    ['-C', 'poolhouse-source', '--input-type=module', '-e', script],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const [said] = (await once(child.stderr, 'data')) as [Buffer];
  assert.equal(said.toString(), 'still running');
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.includes('log.dropped')) child.stdin.end();
  });
  await once(child, 'close');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; lines?: number });
  const written = lines.filter(({ msg }) => msg === 'line').length;
  const dropped = lines.find(({ msg }) => msg === 'log.dropped')?.lines ?? 0;
  assert(dropped > 0);
  assert.equal(written + dropped, 3000);
});
