import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import { startServer } from '../testing/start-server.ts';
import { INVALID_TOKEN, refused, signed } from '../testing/sign-request.ts';

suite('the local key', () => {
  test('works for requests of this very machine only, not for web pages of other sites and not through proxies (V12)', async (t) => {
    const running = await startServer(t);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost.evil.example' },
      { host: 'evil.example' },
      { host: 'localhost.evil.example:8400' },
      { 'x-forwarded-for': '203.0.113.9' },
      { forwarded: 'for=203.0.113.9' },
    ]) {
      await refused(
        running,
        await signed(running, { headers }),
        'UnrecognizedClientException',
        INVALID_TOKEN,
      );
    }
    for (const origin of ['http://localhost:4200', 'http://127.0.0.1:4200', 'http://[::1]:4200']) {
      assert.equal(
        (await running.send(await signed(running, { headers: { origin } }))).status,
        200,
      );
    }
  });

  test('does not exist in production', async (t) => {
    const keys = `main:${createHash('sha256').update('of this test').digest('base64')}`;
    const running = await startServer(t, {
      environment: {
        POOLHOUSE_MODE: 'production',
        POOLHOUSE_PUBLIC_URL: 'https://auth.example.com',
        POOLHOUSE_KEYS: keys,
      },
    });
    await refused(running, await signed(running), 'UnrecognizedClientException', INVALID_TOKEN);
  });
});
