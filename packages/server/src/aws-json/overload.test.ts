import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import type { Operation } from '@poolhouse/core';
import type { OperationName } from '@poolhouse/model';
import { makeServer } from '../listener/server.ts';
import { sendTo, targetHeaders } from '../testing/start-server.ts';
import { makeAwsJson, type AwsJsonParts } from './aws-json.ts';
import { ClientGoneError, makeReadBody } from './read-body.ts';

/** A server whose requests wait until they are let go. */
async function waiting(
  t: TestContext,
  limits: Pick<AwsJsonParts, 'mostAtWork' | 'bodyBudgetBytes'>,
) {
  const arrived: (() => void)[] = [];
  const operation: Operation = {
    name: 'ForgotPassword',
    needs: [],
    run: () => new Promise((resolve) => arrived.push(() => resolve({}))),
  };
  const quiet = () => undefined;
  const log = { info: quiet, warn: quiet, error: quiet };
  const awsJson = makeAwsJson({
    registry: new Map<OperationName, Operation>([['ForgotPassword', operation]]),
    execute: (found, input) => found.run({} as never, input as never) as Promise<never>,
    verify: async () => ({ kind: 'anyone' }),
    log,
    sourceOf: () => undefined,
    accountId: '000000000000',
    ...limits,
  });
  const server = makeServer({
    awsJson,
    documents: [],
    mounts: () => Promise.reject(new Error('no pages')),
    storage: { health: async () => ({ ok: true }) },
    log,
  });
  const port = await server.listen(0, '127.0.0.1');
  server.open();
  t.after(() => server.stop());
  const send = (more: object = {}) =>
    sendTo(port, {
      headers: targetHeaders('ForgotPassword'),
      body: JSON.stringify({ ClientId: '1h57kf5cpq17m0eml12EXAMPLE', Username: 'a', ...more }),
    });
  return { arrived, send };
}

test('beyond the requests that it accepts at once, the server refuses immediately, and recovers (F22)', async (t) => {
  const { arrived, send } = await waiting(t, { mostAtWork: 2 });
  const accepted = [send(), send()];
  while (arrived.length < 2) await new Promise((resolve) => setImmediate(resolve));
  const refused = await send();
  assert.equal(refused.status, 400);
  assert.deepEqual(refused.json(), {
    __type: 'TooManyRequestsException',
    message: 'Too many requests',
  });
  for (const letGo of arrived.splice(0)) letGo();
  for (const answer of await Promise.all(accepted)) assert.equal(answer.status, 200);
  const next = send();
  while (arrived.length < 1) await new Promise((resolve) => setImmediate(resolve));
  arrived[0]?.();
  assert.equal((await next).status, 200);
});

test('long bodies share a memory budget, short ones always find room (X29)', async () => {
  const readBody = makeReadBody(100_000);
  const request = () => Object.assign(new PassThrough(), { headers: {} });
  const read = (stream: ReturnType<typeof request>) => readBody(stream as never as IncomingMessage);
  const slow = request();
  const slowBody = read(slow);
  slow.write(Buffer.alloc(100_000));
  const long = request();
  const longBody = read(long);
  long.end(Buffer.alloc(40_000));
  await assert.rejects(longBody, { code: 'RequestEntityTooLargeException' });
  const short = request();
  const shortBody = read(short);
  short.end(Buffer.alloc(16_384));
  assert.equal((await shortBody).body.length, 16_384);
  slow.end();
  const { body, letGo } = await slowBody;
  assert.equal(body.length, 100_000);
  const meanwhile = request();
  const meanwhileBody = read(meanwhile);
  meanwhile.end(Buffer.alloc(40_000));
  await assert.rejects(meanwhileBody, { code: 'RequestEntityTooLargeException' });
  for (let count = 0; count < 2; count += 1) letGo();
  const again = request();
  const againBody = read(again);
  again.end(Buffer.alloc(100_000));
  assert.equal((await againBody).body.length, 100_000);
});

test('a client that goes away frees its memory', async () => {
  const readBody = makeReadBody(30_000);
  const gone = Object.assign(new PassThrough(), { headers: {} });
  const body = readBody(gone as never as IncomingMessage);
  gone.write(Buffer.alloc(40_000), () => gone.destroy());
  await assert.rejects(body, ClientGoneError);
  const next = Object.assign(new PassThrough(), { headers: {} });
  const nextBody = readBody(next as never as IncomingMessage);
  next.end(Buffer.alloc(40_000));
  assert.equal((await nextBody).body.length, 40_000);
});

test('what waits to be answered does not add up to more memory than bodies may hold', async (t) => {
  const { arrived, send } = await waiting(t, { bodyBudgetBytes: 300_000 });
  const long = { ClientMetadata: { text: 'x'.repeat(131_072) } };
  const arrive = async (count: number) => {
    while (arrived.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  const accepted = [send(long), send(long)];
  await arrive(2);
  assert.equal((await send(long)).json()['__type'], 'RequestEntityTooLargeException');
  accepted.push(send());
  await arrive(3);
  for (const letGo of arrived) letGo();
  for (const answer of await Promise.all(accepted)) assert.equal(answer.status, 200);
  const next = send(long);
  await arrive(4);
  arrived[3]?.();
  assert.equal((await next).status, 200);
});
