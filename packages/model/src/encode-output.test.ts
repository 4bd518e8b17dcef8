import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeOutput } from './encode-output.ts';
import type { OutputOf } from './operations.ts';

const createdMs = 1_689_980_857_949;

test('timestamps become epoch seconds with three decimals at every depth', () => {
  const answer = encodeOutput('ListUsers', {
    Users: [{ Username: 'a', UserCreateDate: createdMs, UserLastModifiedDate: 1_689_980_857_000 }],
  });
  assert.equal(
    JSON.stringify(answer),
    '{"Users":[{"Username":"a","UserCreateDate":1689980857.949,"UserLastModifiedDate":1689980857}]}',
  );
  const user = encodeOutput('AdminGetUser', { Username: 'a', UserCreateDate: createdMs + 0.4 });
  assert.equal(JSON.stringify(user), '{"Username":"a","UserCreateDate":1689980857.949}');
});

test('a timestamp that is none is a fault, not a null on the wire', () => {
  const output = { Username: 'a', UserCreateDate: Number.NaN };
  assert.throws(() => encodeOutput('AdminGetUser', output), TypeError);
});

test('unknown members never leave, at any depth', () => {
  const leaking = {
    UserPool: { Id: 'a_b', passwordHash: 'x', LambdaConfig: { PreSignUp: 'arn', secret: 'x' } },
    internal: 'x',
  };
  assert.deepEqual(encodeOutput('DescribeUserPool', leaking as OutputOf<'DescribeUserPool'>), {
    UserPool: { Id: 'a_b', LambdaConfig: { PreSignUp: 'arn' } },
  });
  const attributes = { Users: [{ Attributes: [{ Name: 'sub', Value: 'x', id: 7 }] }] };
  assert.deepEqual(encodeOutput('ListUsers', attributes), {
    Users: [{ Attributes: [{ Name: 'sub', Value: 'x' }] }],
  });
});

test('absent values are omitted; false, zero, empty lists and maps stay', () => {
  const answer = encodeOutput('SignUp', {
    UserConfirmed: false,
    UserSub: '',
    CodeDeliveryDetails: undefined,
    Session: null as unknown as string,
  });
  assert.equal(JSON.stringify(answer), '{"UserConfirmed":false,"UserSub":""}');
  const tags = encodeOutput('ListTagsForResource', {
    Tags: { a: 'b', gone: undefined as unknown as string },
  });
  assert.equal(JSON.stringify(tags), '{"Tags":{"a":"b"}}');
  assert.equal(JSON.stringify(encodeOutput('ListUsers', { Users: [] })), '{"Users":[]}');
});

test('an operation without an output answers an empty object, whatever it returns', () => {
  assert.deepEqual(encodeOutput('DeleteUser', { Leak: 1 } as never), {});
  assert.deepEqual(encodeOutput('DeleteUser', undefined as never), {});
});

test('the output is a copy: what the server adds to it does not reach a store', () => {
  const output = { UserPool: { Id: 'a_b' } };
  const answer = encodeOutput('DescribeUserPool', output);
  assert.notEqual(answer['UserPool'], output.UserPool);
});
