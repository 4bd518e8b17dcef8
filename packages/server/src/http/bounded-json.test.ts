import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { registry } from '@poolhouse/core';
import { operationNames, operations } from '@poolhouse/model';
import { administrator } from '../console-http/testing/administrator.ts';
import { MOST_VALUES, parseBoundedJson, UnreadableJson } from './bounded-json.ts';
import { startServer, type Answer } from '../testing/start-server.ts';

const parse = (text: string, most = 100) => parseBoundedJson(Buffer.from(text), most);
const list = (count: number, item = '0') => Array<string>(count).fill(item).join(',');
const pairs = (count: number) =>
  Array.from({ length: count }, (_, index) => `"${index.toString(36)}":""`).join(',');

suite('bounded JSON', () => {
  test('accepts what is within its bounds', () => {
    for (const text of [
      '{}',
      '[]',
      ' 5 ',
      '"text"',
      `[${list(100)}]`,
      `{${pairs(100)}}`,
      `{"a":"${',[{'.repeat(1_000)}"}`,
      `{"a\\"${',[{'.repeat(1_000)}":1}`,
      `${'['.repeat(100)}${']'.repeat(100)}`,
      `${'9'.repeat(100)}`,
      `[-1.5e+300,1e-7,0.${'3'.repeat(90)}]`,
      '{"a":"\\ud83d\\ude00"}',
      `"${'x'.repeat(1_000_000)}"`,
    ]) {
      assert.deepEqual(parse(text), JSON.parse(text), text.slice(0, 40));
    }
    assert.equal(parse(''), undefined);
  });

  const refused: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['items', `[${list(101)}]`, /too many values/],
    ['members', `{${pairs(101)}}`, /too many values/],
    ['members of one name', `{${list(101, '"a":1')}}`, /too many values/],
    ['empty lists', `[${list(60, '[]')}]`, /too many values/],
    ['empty objects', `[${list(60, '{}')}]`, /too many values/],
    ['items at several depths', `[[${list(40)}],[${list(40)}],[${list(40)}]]`, /too many values/],
    ['items after an escaped quote', `["\\"",${list(101)}]`, /too many values/],
    ['values that are no JSON', ','.repeat(101), /too many values/],
    ['levels', `${'['.repeat(101)}${']'.repeat(101)}`, /nested too deeply|too many values/],
    ['a long number', '1'.repeat(101), /a number is too long/],
    ['a long fraction', `[0.${'1'.repeat(101)}]`, /a number is too long/],
    ['a long exponent', `{"a":1e+${'1'.repeat(101)}}`, /a number is too long/],
    ['a lone surrogate', '"\\ud83d"', /lone surrogate/],
    ['a NUL', '{"a\\u0000":1}', /NUL/],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /UTF-8/],
    ['no JSON', '{"a":}', /not JSON/],
  ];
  for (const [what, text, reason] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(
        () => parseBoundedJson(Buffer.from(text as string), 100),
        (error) => error instanceof UnreadableJson && reason.test(error.message),
      );
    });
  }

  test('refuses depth even if there are few enough values', () => {
    assert.throws(() => parse(`${'{"a":'.repeat(101)}1${'}'.repeat(101)}`, 1_000), /too deeply/);
  });
});

suite('bodies of strangers', () => {
  const unsigned = operationNames.filter((name) => operations[name].authorisation !== 'iam');
  const refusedAs = (answer: Answer, code: string) =>
    assert.deepEqual(
      [answer.status, answer.json()['__type'] ?? answer.json()['code']],
      [400, code],
    );

  test('that are expensive to read are refused by every unsigned operation, and read if they are signed', async (t) => {
    const running = await startServer(t);
    const most = MOST_VALUES.ofAnybody;
    const bodies = [
      `{${pairs(most + 1)}}`,
      `{"ClientMetadata":{${pairs(most + 1)}}}`,
      `{"AuthParameters":{${pairs(most + 1)}}}`,
      `{"UserAttributes":[${list(most, '{"Name":"a"}')}]}`,
      `{"a":[${list(most + 1, '[]')}]}`,
      `{"a":${'['.repeat(101)}${']'.repeat(101)}}`,
      `{"a":${'1'.repeat(1_000_000)}}`,
    ];
    for (const name of unsigned) {
      if (!registry.has(name)) continue;
      for (const body of bodies) {
        refusedAs(await running.post(name, body), 'SerializationException');
      }
      // Whether something long but cheap is acceptable is up to the operation.
      const long = await running.post(name, `{"Nonsense":"${'x'.repeat(1_000_000)}"}`);
      assert.notEqual(long.json()['__type'], 'SerializationException', name);
    }
    const owner = await administrator(running, 'owner');
    const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'one' });
    const ClientMetadata = Object.fromEntries(
      Array.from({ length: most + 1 }, (_, index) => [`key${index}`, '']),
    );
    const answer = await owner.send('POST', '/operations/AdminCreateUser', {
      region: 'local',
      input: { UserPoolId: UserPool?.Id, Username: 'mara', ClientMetadata },
    });
    assert.equal(answer.status, 200, answer.body);
  });

  test('reach no parser of the console before there is a session', async (t) => {
    const running = await startServer(t);
    const owner = await administrator(running, 'owner');
    const body = `{${pairs(MOST_VALUES.ofAdministrators + 1)}}`;
    const send = (path: string, headers: Record<string, string>) =>
      running.send({
        path: `/console/api${path}`,
        headers: { 'Content-Type': 'application/json', Origin: running.url, ...headers },
        body,
      });
    const operation = '/operations/ListUserPools';
    assert.equal((await send(operation, {})).status, 401);
    assert.equal((await send(operation, { Cookie: owner.cookie })).status, 403);
    const known = { Cookie: owner.cookie, 'X-Poolhouse-Csrf': owner.csrfToken };
    refusedAs(await send(operation, known), 'BadRequest');
    refusedAs(await send('/set-up', {}), 'BadRequest');
    refusedAs(await send('/session', {}), 'BadRequest');
    assert.equal((await send('/nonsense', {})).status, 404);
  });
});
