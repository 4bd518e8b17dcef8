import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeExecute } from './execute.ts';
import type { Operation, RequestFacts } from './operation.ts';
import { openHarness } from './testing/harness.ts';

test('what a request says beside its matter is at hand to its operation', async (t) => {
  const { storage, world } = await openHarness(t);
  let seen: RequestFacts | undefined;
  const run: Operation['run'] = async ({ request }) => {
    seen = request;
    return {};
  };
  const execute = makeExecute(storage, world);
  const said = async (input: object, facts?: Parameters<typeof execute>[3]) => {
    await execute({ name: 'InitiateAuth', needs: [], run }, input, { kind: 'anyone' }, facts);
    return seen;
  };
  assert.deepEqual(await said({ ClientMetadata: { from: 'web' } }), {
    clientMetadata: { from: 'web' },
  });
  // An app says little of its user's device, a back end all that it has heard.
  const ofApp = { IpAddress: '203.0.113.9', EncodedData: 'print' };
  assert.deepEqual(await said({ UserContextData: ofApp }, { userAgent: 'browser' }), {
    contextData: ofApp,
    userAgent: 'browser',
  });
  const ofBackEnd = {
    ...ofApp,
    ServerName: 'shop.example.com',
    ServerPath: '/login',
    HttpHeaders: [{ headerName: 'User-Agent', headerValue: 'browser' }],
  };
  assert.deepEqual(await said({ ContextData: ofBackEnd }), { contextData: ofBackEnd });
  assert.deepEqual(await said({}), {});
});
