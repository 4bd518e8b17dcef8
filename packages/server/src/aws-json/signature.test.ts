import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { startServer, targetHeaders } from '../testing/start-server.ts';
import {
  INVALID_TOKEN,
  LIST_POOLS,
  listening,
  MISMATCH,
  refused,
  signed,
} from '../testing/sign-request.ts';

const MINUTE_MS = 60_000;

suite('signatures', () => {
  test('no signed operation runs unsigned, partly signed, or with a token (V01)', async (t) => {
    const { calls, registry: everything } = listening();
    const running = await startServer(t, { replacements: { registry: everything } });
    assert(everything.size >= 97);
    const attempts: readonly (readonly [string | undefined, string])[] = [
      [undefined, 'MissingAuthenticationTokenException'],
      ['AWS4-HMAC-SHA256 garbage', 'IncompleteSignatureException'],
      ['Bearer eyJraWQiOiJ4In0.eyJzdWIiOiJ4In0.c2ln', 'IncompleteSignatureException'],
    ];
    for (const name of everything.keys()) {
      for (const [authorization, code] of attempts) {
        const headers = authorization === undefined ? {} : { authorization };
        const answer = await running.post(name, '{"UserPoolId":"eu-west-1_abcdefghi"}', headers);
        assert.equal(answer.json()['__type'], code, name);
      }
    }
    assert.deepEqual(calls, []);
  });

  test('what the SDK signs is accepted, and identifies the caller', async (t) => {
    const { calls, registry: everything } = listening();
    const running = await startServer(t, { replacements: { registry: everything } });
    await running.client(undefined, 'ap-south-2').send(new ListUserPoolsCommand({ MaxResults: 1 }));
    const answer = await running.send(await signed(running, { headers: { note: 'a   b ' } }));
    assert.equal(answer.status, 200, answer.body);
    const key = { kind: 'access-key', id: 'local', pools: undefined, source: '127.0.0.1' };
    assert.deepEqual(calls, [
      { ...key, region: 'ap-south-2' },
      { ...key, region: 'eu-west-1' },
    ]);
  });

  test('a request that was changed after signing is refused (V02)', async (t) => {
    const running = await startServer(t);
    const good = await signed(running, { headers: { note: 'one' } });
    const change = (headers: Record<string, string>) => ({
      ...good,
      headers: { ...good.headers, ...headers },
    });
    await refused(
      running,
      { ...good, body: '{"MaxResults":2}' },
      'InvalidSignatureException',
      MISMATCH,
    );
    await refused(running, change({ note: 'two' }), 'InvalidSignatureException', MISMATCH);
    await refused(
      running,
      change(targetHeaders('DescribeUserPool')),
      'InvalidSignatureException',
      MISMATCH,
    );
    await refused(running, change({ host: 'evil.example' }), 'UnrecognizedClientException');
    await refused(running, { ...good, path: '/?a=b' }, 'InvalidSignatureException', MISMATCH);
    await refused(
      running,
      change({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }),
      'InvalidSignatureException',
      MISMATCH,
    );
    const claimed = await signed(running, {
      headers: { 'x-amz-content-sha256': createHash('sha256').update('{}').digest('hex') },
    });
    await refused(running, claimed, 'InvalidSignatureException', MISMATCH);
    const flipped =
      good.headers['authorization']?.replace(/.$/, (last) => (last === '0' ? '1' : '0')) ?? '';
    await refused(
      running,
      change({ authorization: flipped }),
      'InvalidSignatureException',
      MISMATCH,
    );
    await refused(
      running,
      await signed(running, { secret: 'wrong' }),
      'InvalidSignatureException',
      MISMATCH,
    );
    assert.equal((await running.send(good)).status, 200);
  });

  test('everything that defines a request must be signed', async (t) => {
    const running = await startServer(t);
    for (const name of ['x-amz-target', 'host', 'x-amz-date']) {
      const request = await signed(running, { unsigned: [name] });
      await refused(
        running,
        request,
        'InvalidSignatureException',
        new RegExp(`'${name}' must be a 'SignedHeader'`),
      );
    }
    const request = await signed(running, { headers: { note: 'one' } });
    const { note: _, ...headers } = request.headers;
    await refused(
      running,
      { ...request, headers },
      'InvalidSignatureException',
      /A signed header is absent/,
    );
  });

  test('malformed Authorization headers are told what is missing, and are never repeated', async (t) => {
    const running = await startServer(t);
    const { headers, body } = await signed(running);
    const good = headers['authorization'] ?? '';
    const attempts: readonly (readonly [string, RegExp])[] = [
      ['AWS4-HMAC-SHA256 ', /algorithm|key=value/],
      ['AWS4-HMAC-SHA512 x=y', /algorithm/],
      ['Basic bG9jYWw6bG9jYWw=', /algorithm/],
      [`AWS4-HMAC-SHA256 ${'a=b,'.repeat(2000)}`, /algorithm/],
      [
        'AWS4-HMAC-SHA256 a=b',
        /'Credential' parameter\. .*'Signature' parameter\. .*'SignedHeaders' parameter\./,
      ],
      [
        good.replace(/, Signature=.*/, ''),
        /^Authorization header requires 'Signature' parameter\.$/,
      ],
      [good.replace('/aws4_request', ''), /exactly 5 slash-delimited elements/],
      [good.replace('Credential=local', 'Credential=lo/cal'), /exactly 5 slash-delimited elements/],
      [good.replace(/SignedHeaders=[^,]*/, 'SignedHeaders=host;;x'), /malformed 'SignedHeaders'/],
      [good.replace(/SignedHeaders=[^,]*/, 'SignedHeaders=host;host'), /malformed 'SignedHeaders'/],
      [good.replace(/Signature=.*/, 'Signature=abc'), /malformed 'Signature'/],
    ];
    for (const [authorization, message] of attempts) {
      await refused(
        running,
        { headers: { ...headers, authorization }, body },
        'IncompleteSignatureException',
        message,
      );
    }
    const { 'x-amz-date': _, ...undated } = headers;
    await refused(
      running,
      { headers: undated, body },
      'IncompleteSignatureException',
      /X-Amz-Date/,
    );
    for (const date of ['yesterday', '20261345T000000Z', '2026-11-23T09:00:00Z']) {
      const request = { headers: { ...headers, 'x-amz-date': date }, body };
      await refused(running, request, 'IncompleteSignatureException', /X-Amz-Date/);
    }
  });

  test('a signature in the query does not count', async (t) => {
    const running = await startServer(t);
    const path =
      '/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=local%2F20261123%2Feu-west-1%2Fcognito-idp%2Faws4_request&X-Amz-Signature=0';
    const request = { headers: targetHeaders('ListUserPools'), body: LIST_POOLS, path };
    await refused(
      running,
      request,
      'MissingAuthenticationTokenException',
      /^Missing Authentication Token$/,
    );
  });

  test('a request is valid for a quarter of an hour, and just as far into the future (V03)', async (t) => {
    let nowMs = Date.UTC(2026, 10, 23, 9, 0, 0);
    const running = await startServer(t, { replacements: { clock: { nowMs: () => nowMs } } });
    const at = nowMs;
    const request = await signed(running, {
      at,
      operation: 'CreateUserPool',
      body: '{"PoolName":"one"}',
    });
    assert.equal((await running.send(request)).status, 200);
    assert(!running.logged.some(({ event }) => event === 'signature.replayed'));
    nowMs = at + 15 * MINUTE_MS;
    assert.equal((await running.send(request)).status, 200);
    const replay = running.logged.find(({ event }) => event === 'signature.replayed');
    assert.equal(replay?.fields['firstSeenAtMs'], at);
    nowMs = at + 16 * MINUTE_MS;
    await refused(
      running,
      request,
      'InvalidSignatureException',
      /^Signature expired: 20261123T090000Z is now earlier than 20261123T090100Z \(20261123T091600Z - 15 min\.\)$/,
    );
    nowMs = at - 16 * MINUTE_MS;
    await refused(
      running,
      request,
      'InvalidSignatureException',
      /^Signature not yet current: 20261123T090000Z is still later than /,
    );
  });

  test('honest retries and equal requests within a second are not replays; the same request from elsewhere is', async (t) => {
    const at = Date.UTC(2026, 10, 23, 9);
    let nowMs = at;
    const running = await startServer(t, {
      environment: { POOLHOUSE_MODE: 'development', POOLHOUSE_TRUSTED_PROXIES: '127.0.0.0/8' },
      replacements: { clock: { nowMs: () => nowMs } },
    });
    const key = await running.server.accessKeys.create({ note: 'of this test' });
    const send = async (from: string, operation = 'CreateUserPool') => {
      const body = operation === 'CreateUserPool' ? '{"PoolName":"one"}' : undefined;
      const request = await signed(running, { at, operation, body, ...key });
      const headers = { ...request.headers, 'x-forwarded-for': from };
      assert.equal((await running.send({ ...request, headers })).status, 200);
    };
    const replays = () => running.logged.filter(({ event }) => event === 'signature.replayed');
    await Promise.all([1, 2, 3, 4].map(() => send('192.0.2.1')));
    nowMs = at + 25_000;
    await send('192.0.2.1');
    assert.deepEqual(replays(), []);
    nowMs = at + 1_000;
    await send('192.0.2.2');
    assert.equal(replays().length, 1);
    const { source, firstSource } = replays()[0]?.fields ?? {};
    assert.deepEqual([source, firstSource], ['192.0.2.2', '192.0.2.1']);
    nowMs = at + 31_000;
    await send('192.0.2.1');
    assert.equal(replays().length, 2);
    await send('192.0.2.1', 'ListUserPools');
    await send('192.0.2.2', 'ListUserPools');
    assert.equal(replays().length, 2, 'reads are worth no alarm');
  });

  test('a scope of another region, service, day or kind is refused (V04)', async (t) => {
    const running = await startServer(t, { environment: { POOLHOUSE_REGION: 'eu-west-1' } });
    const code = 'InvalidSignatureException';
    await refused(
      running,
      await signed(running, { region: 'us-east-1' }),
      code,
      /scoped to a valid region/,
    );
    await refused(
      running,
      await signed(running, { service: 's3' }),
      code,
      /scoped to correct service: 'cognito-idp'/,
    );
    const { headers, body } = await signed(running);
    const rescoped = (from: RegExp, to: string) => ({
      body,
      headers: { ...headers, authorization: headers['authorization']?.replace(from, to) ?? '' },
    });
    await refused(
      running,
      rescoped(/aws4_request/, 'aws5_request'),
      code,
      /valid terminator: 'aws4_request'/,
    );
    await refused(running, rescoped(/\/\d{8}\//, '/20200101/'), code, /Date in Credential scope/);
    assert.equal((await running.send({ headers, body })).status, 200);
  });

  test('any region is accepted unless one is pinned, but it must have the form of a name', async (t) => {
    const running = await startServer(t);
    assert.equal(
      (await running.send(await signed(running, { region: 'my-cellar-1' }))).status,
      200,
    );
    const request = await signed(running, { region: 'a_b' });
    await refused(running, request, 'InvalidSignatureException', /scoped to a valid region/);
  });

  test('session tokens, unknown and disabled keys are refused (V06)', async (t) => {
    const running = await startServer(t);
    const code = 'UnrecognizedClientException';
    await refused(
      running,
      await signed(running, { headers: { 'x-amz-security-token': 'x' } }),
      code,
      INVALID_TOKEN,
    );
    await refused(running, await signed(running, { id: 'PHUNKNOWN' }), code, INVALID_TOKEN);
    await refused(running, await signed(running, { id: '__proto__' }), code, INVALID_TOKEN);
    const { accessKeys } = running.server;
    const key = await accessKeys.create({ note: 'ci' });
    const request = await signed(running, key);
    assert.equal((await running.send(request)).status, 200);
    await refused(
      running,
      await signed(running, { ...key, secret: 'local' }),
      'InvalidSignatureException',
      MISMATCH,
    );
    assert.equal(await accessKeys.disable(key.id), true);
    await refused(running, request, code, INVALID_TOKEN);
    assert(running.logged.every(({ fields }) => !JSON.stringify(fields).includes(key.secret)));
  });
});
