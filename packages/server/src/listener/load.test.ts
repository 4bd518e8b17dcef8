import assert from 'node:assert/strict';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { makeLoad } from './load.ts';

async function open(t: TestContext) {
  const waiting: ServerResponse[] = [];
  const server = createServer((_, response) => void waiting.push(response));
  const isBusy = makeLoad(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  /** Sends a request; resolves once the server has received it. */
  const send = async () => {
    const before = waiting.length;
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      request({ port, host: '127.0.0.1', agent: false }, (incoming) => {
        incoming.resume();
        incoming.on('end', () => resolve(incoming));
      })
        .on('error', reject)
        .end();
    });
    while (waiting.length === before) await delay(1);
    return { answer, response: waiting.at(-1) };
  };
  /** Waits until there is no load. Other tests of this process keep the event loop busy, too, but not for ever. */
  const rests = async () => {
    while (isBusy()) await delay(60);
  };
  return { isBusy, rests, send };
}

test('one request is not a load, two that overlap are', async (t) => {
  const { isBusy, rests, send } = await open(t);
  await rests();
  const first = await send();
  await rests();
  const second = await send();
  assert.equal(isBusy(), true);
  for (const { response, answer } of [first, second]) {
    response?.end();
    await answer;
  }
  await rests();
});

test('a busy event loop is a load until it rests', async (t) => {
  const { isBusy, rests } = await open(t);
  isBusy();
  const endMs = performance.now() + 120;
  while (performance.now() < endMs) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(isBusy(), true);
  await rests();
});
