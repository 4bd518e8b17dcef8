import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { askServer, listenForCommands, type Command } from './command-socket.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const command = { name: 'x', input: {} };

const ENDED = {
  name: 'RefusedCommand',
  message: 'The connection ended before the answer: see the log of the server.',
};

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ph-socket-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a process that runs in the same folder keeps its socket', async (t) => {
  const folder = await folderOf(t);
  const first = await listenForCommands(folder, async () => 'first', log);
  const second = await listenForCommands(folder, async () => 'second', log);
  assert.equal(second, undefined);
  assert.deepEqual(await askServer(folder, command), { output: 'first' });
  await first?.close();
  assert.equal(await askServer(folder, command), undefined);
  const third = await listenForCommands(folder, async () => 'third', log);
  assert.deepEqual(await askServer(folder, command), { output: 'third' });
  await third?.close();
});

test('the socket that a killed process left behind is taken over', async (t) => {
  const folder = await folderOf(t);
  const path = join(folder, 'poolhouse.sock');
  const dies = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', dies]);
  assert(existsSync(path));
  const socket = await listenForCommands(folder, async () => 'new', log);
  assert.deepEqual(await askServer(folder, command), { output: 'new' });
  await socket?.close();
});

test('if the socket cannot be created, the server has no command socket, and nothing else is affected', async (t) => {
  const folder = await folderOf(t);
  assert.equal(await listenForCommands(join(folder, 'none'), async () => 'x', log), undefined);
});

test('a command may take as long as it needs; a client that sends none is disconnected', async (t) => {
  const folder = await folderOf(t);
  const slow = Promise.withResolvers<string>();
  const begun = Promise.withResolvers<void>();
  const handle = () => {
    begun.resolve();
    return slow.promise;
  };
  const socket = await listenForCommands(folder, handle, log, 20);
  t.after(() => socket?.close());
  const answer = askServer(folder, command);
  await begun.promise;
  // Each connects after the command, and is disconnected after the longest permitted wait.
  for (let at = 0; at < 3; at += 1) {
    const idle = connect(join(folder, 'poolhouse.sock'));
    await once(idle.resume(), 'close');
  }
  slow.resolve('at last');
  assert.deepEqual(await answer, { output: 'at last' });
});

test('an answer may have any length, a command may not', async (t) => {
  const folder = await folderOf(t);
  const handle = async ({ input }: Command) => 'x'.repeat(Number(input));
  const socket = await listenForCommands(folder, handle, log);
  t.after(() => socket?.close());
  const answer = await askServer(folder, { name: 'x', input: 5_000_000 });
  assert.equal(String(answer?.output).length, 5_000_000);
  await assert.rejects(askServer(folder, { name: 'x', input: 'x'.repeat(5_000_000) }), ENDED);
});

test('if the server ends before it answers, the error says so', async (t) => {
  const folder = await folderOf(t);
  const path = join(folder, 'poolhouse.sock');
  const ending = createServer((socket) => socket.once('data', () => socket.destroy()));
  await new Promise<void>((resolve) => ending.listen(path, resolve));
  await assert.rejects(askServer(folder, command), ENDED);
  ending.close();
});

test('if the server is killed before it has read the command, the error says so too', async (t) => {
  const folder = await folderOf(t);
  const path = join(folder, 'poolhouse.sock');
  const rude = `const server = require('node:net').createServer({ pauseOnConnect: true }, () =>
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50));
    server.listen(${JSON.stringify(path)}, () => console.log('ready'))`;
  const child = spawn(process.execPath, ['-e', rude]);
  await once(child.stdout, 'data');
  await assert.rejects(askServer(folder, { ...command, input: 'x'.repeat(500_000) }), ENDED);
});
