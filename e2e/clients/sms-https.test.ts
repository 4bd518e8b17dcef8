/** Text messages go only to a receiver whose certificate is trusted. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { makeCertificate } from './certificate.ts';
import { startServer } from './server-under-test.ts';
import { BY_SMS, makeTutorialPool, PASSWORD } from './tutorial-pool.ts';

test('a receiver with an unknown certificate gets nothing, until its authority is named', async (t) => {
  const tls = await makeCertificate(t);
  if (tls === undefined) return;
  let arrived = 0;
  const receiver = createServer(tls, (_request, response) => {
    arrived += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  t.after(() => {
    receiver.closeAllConnections();
    receiver.close();
  });
  const { port } = receiver.address() as AddressInfo;
  const settings = {
    POOLHOUSE_SMS_URL: `https://localhost:${port}/sms`,
    POOLHOUSE_SMS_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    POOLHOUSE_LOG_LEVEL: 'info',
  };
  const signUp = async (more: Readonly<Record<string, string>>, logged: RegExp) => {
    const server = await startServer({ ...settings, ...more });
    t.after(() => server.remove());
    const { ClientId } = await makeTutorialPool(server.client(), BY_SMS);
    const UserAttributes = [{ Name: 'phone_number', Value: '+15550100' }];
    const user = { Username: 'ada', Password: PASSWORD, UserAttributes };
    await server.client().signUp({ ClientId, ...user });
    while (!logged.test(server.log())) await pause(20);
  };
  await signUp({}, /cannot be reached: DEPTH_ZERO_SELF_SIGNED_CERT\..*message\.postponed/);
  assert.equal(arrived, 0);
  await signUp({ NODE_EXTRA_CA_CERTS: tls.file }, /message\.sent/);
  assert.equal(arrived, 1);
});
