import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { readConfig } from '../config/config.ts';
import { startServer } from '../testing/start-server.ts';
import { unsentSmsText } from './unsent-sms.ts';

test('start-up names the pools that send SMS, where production cannot', async (t) => {
  const { client, server } = await startServer(t);
  const { stores } = server.storage;
  const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' };
  const make = (PoolName: string, settings = {}) =>
    client().send(new CreateUserPoolCommand({ PoolName, ...settings }));
  const { sms } = readConfig({
    POOLHOUSE_SMS_URL: 'https://sms.example.com',
    POOLHOUSE_SMS_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  });
  const unconfigured = { mode: 'production', sms: undefined } as const;
  await make('plain');
  assert.equal(await unsentSmsText(stores, unconfigured), '');
  await make('calls', { SmsConfiguration });
  assert.match(
    await unsentSmsText(stores, unconfigured),
    /^Warning: nothing .* do: calls \(\S+\)\. Set POOLHOUSE_SMS_URL or .*\n$/,
  );
  assert.equal(await unsentSmsText(stores, { mode: 'development', sms: undefined }), '');
  assert.equal(await unsentSmsText(stores, { mode: 'production', sms }), '');
  for (let at = 0; at < 10; at += 1) await make(`calls ${at}`, { SmsConfiguration });
  const text = await unsentSmsText(stores, unconfigured);
  assert.equal(text.match(/calls/g)?.length, 10);
  assert.match(text, /, and more\. /);
});
