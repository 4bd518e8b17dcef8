import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { call } from '../testing/call.ts';
import { startServer } from '../testing/start-server.ts';

test('an SMS receiver that hangs delays no mail', async (t) => {
  const asked = Promise.withResolvers<void>();
  const receiver = createServer(() => asked.resolve()).listen(0, '127.0.0.1');
  t.after(() => receiver.closeAllConnections());
  t.after(() => receiver.close());
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  const { server } = await startServer(t, {
    environment: {
      POOLHOUSE_SMTP_URL: 'smtp://127.0.0.1:1',
      POOLHOUSE_MAIL_FROM: 'users@example.com',
      POOLHOUSE_SMS_URL: `http://127.0.0.1:${port}`,
      POOLHOUSE_SMS_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    },
  });
  const { UserPool } = await call(server, 'CreateUserPool', { PoolName: 'test' });
  const invite = (Username: string, medium: 'EMAIL' | 'SMS', Name: string, Value: string) =>
    call(server, 'AdminCreateUser', {
      UserPoolId: UserPool?.Id ?? '',
      Username,
      DesiredDeliveryMediums: [medium],
      UserAttributes: [{ Name, Value }],
    });
  await invite('mara', 'SMS', 'phone_number', '+15550100');
  await asked.promise;
  await invite('jun', 'EMAIL', 'email', 'jun@example.com');
  const { outbox } = server.storage.stores;
  const reasonOf = async (to: string) => (await outbox.list({ to, limit: 1 }))[0]?.lastError;
  // Nothing listens at the mail server's address, which is known at once.
  while ((await reasonOf('jun@example.com')) === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(await reasonOf('+15550100'), undefined);
});
