import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OverloadError, type WorkOrder } from '@poolhouse/core';
import { makeFairQueue } from './fair-queue.ts';
import { makeSrpThreads } from './srp-threads.ts';

const order: WorkOrder = { source: 'address 192.0.2.1', weight: 1, purpose: 'account' };
const identity = { poolName: 'abc', username: 'mara', password: 'Right-1234' };

test('exponentiations run on another thread, take turns in the queue, and end with the server', async (t) => {
  const srp = makeSrpThreads(makeFairQueue(2, 2), 1);
  t.after(() => srp.close());
  const verifier = await srp.verifier(identity, order);
  assert.match(verifier.verifierHex, /^[0-9a-f]{700,768}$/);
  const server = await srp.serverKeys(verifier.verifierHex, order);
  const exchange = {
    poolName: 'abc',
    userId: 'mara',
    clientPublicHex: server.publicHex,
    serverPrivateHex: server.privateHex,
    serverPublicHex: server.publicHex,
    verifierHex: verifier.verifierHex,
    secretBlock: Buffer.from('block'),
    timestamp: 'Tue Aug 4 09:05:07 UTC 2026',
  };
  const claim = await srp.claim(exchange, order);
  assert.equal(claim?.length, 44);
  assert.equal(await srp.claim(exchange, order), claim, 'the same on every thread');
  assert.notEqual(
    await srp.claim({ ...exchange, secretBlock: Buffer.from('other') }, order),
    claim,
  );
  assert.equal(await srp.claim({ ...exchange, clientPublicHex: '0' }, order), undefined);
  // A bug fails only its own request.
  await assert.rejects(srp.serverKeys('no number', order), /BigInt/);
  const many = Array.from({ length: 20 }, () => srp.serverKeys(verifier.verifierHex, order));
  const outcomes = await Promise.allSettled(many);
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  assert.equal(refused.length, 16);
  for (const one of refused) assert((one as PromiseRejectedResult).reason instanceof OverloadError);
});

test('a request that waits is told when its thread ends, and the next one starts another', async (t) => {
  const srp = makeSrpThreads(makeFairQueue(2, 2), 1);
  t.after(() => srp.close());
  const { verifierHex } = await srp.verifier(identity, order);
  let said = '';
  // On a busy machine, a thread may have answered before it is ended.
  for (let tries = 0; said === '' && tries < 50; tries += 1) {
    const waiting = srp.serverKeys(verifierHex, order).then(
      () => '',
      (error: unknown) => String(error),
    );
    [said] = await Promise.all([waiting, srp.close()]);
  }
  assert.match(said, /thread of srp ended/);
  assert.match((await srp.serverKeys(verifierHex, order)).publicHex, /^[0-9a-f]+$/);
});
