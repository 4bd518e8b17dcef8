import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { startServer } from '../testing/start-server.ts';
import { administrator } from './testing/administrator.ts';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const KEYS = `k1:${randomBytes(32).toString('base64')}`;

for (const [way, environment] of [
  ['inbox', {}],
  [
    'none',
    {
      POOLHOUSE_MODE: 'production',
      POOLHOUSE_KEYS: KEYS,
      POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
    },
  ],
  ['webhook', { POOLHOUSE_SMS_URL: 'http://127.0.0.1:9/sms', POOLHOUSE_SMS_SECRET: SECRET }],
  [
    'sns',
    {
      POOLHOUSE_SMS_SNS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
  ],
] as const) {
  test(`administrators learn how text messages leave the server: ${way}`, async (t) => {
    const running = await startServer(t, { environment });
    const viewer = await administrator(running, 'viewer');
    assert.deepEqual((await viewer.send('GET', '/delivery')).json(), { sms: way });
    assert.equal(
      (await running.send({ method: 'GET', path: '/console/api/delivery' })).status,
      401,
    );
  });
}
