import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Execute, Operation } from '@poolhouse/core';
import { runOperation } from '../console-http/run-operation.ts';
import type { Request, Response } from '../site/route.ts';
import { startServer } from '../testing/start-server.ts';

test('the user agent of a request reaches the operation, up to the length that browsers use', async (t) => {
  const seen: (string | undefined)[] = [];
  const run: Operation['run'] = async ({ request }) => {
    seen.push(request.userAgent);
    return {};
  };
  const { post } = await startServer(t, {
    replacements: { registry: new Map([['DeleteUser', { name: 'DeleteUser', needs: [], run }]]) },
  });
  for (const headers of [{ 'user-agent': 'browser/1' }, { 'user-agent': 'a'.repeat(4_000) }, {}]) {
    const answer = await post('DeleteUser', '{"AccessToken":"a.b.c"}', headers);
    assert.equal(answer.status, 200, answer.body);
  }
  assert.deepEqual(seen, ['browser/1', 'a'.repeat(512), undefined]);
});

test('the console’s requests have one, too', async () => {
  const seen: Parameters<Execute>[3][] = [];
  const execute: Execute = async (_, __, ___, facts) => {
    seen.push(facts);
    throw new RangeError('seen');
  };
  const request = {
    params: { name: 'ListUserPools' },
    headers: { 'user-agent': 'browser/2' },
    body: { region: 'local', input: { MaxResults: 1 } },
  } as unknown as Request<'name'>;
  const session = {
    familyId: 'session',
    username: 'olga',
    email: undefined,
    role: 'owner',
    csrfToken: '',
    expiresAtMs: 0,
  } as const;
  await assert.rejects(
    runOperation({ execute, region: undefined }, request, {} as Response, {
      session,
      source: undefined,
    }),
    /seen/,
  );
  assert.deepEqual(seen, [{ userAgent: 'browser/2' }]);
});
