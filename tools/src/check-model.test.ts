import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operations } from '@poolhouse/model';
import { checkModel } from './check-model.ts';
import { readSdkOperations } from './generate/sdk-schema.ts';

test('the generated model has the operations of the installed SDK; otherwise run npm run generate', () => {
  assert.deepEqual(checkModel(), []);
});

test('an SDK with more, fewer or other operations is told by name', () => {
  const sdk = readSdkOperations();
  const newer = [...sdk, { name: 'BlessUser', input: 'GetUserRequest', output: null }];
  assert.deepEqual(checkModel(newer), ['1 operation new: BlessUser']);
  const older = sdk.filter(({ name }) => name !== 'SignUp' && name !== 'GetUser');
  assert.deepEqual(checkModel(older), ['2 operations gone: GetUser, SignUp']);
  const { GetUser } = operations;
  assert.deepEqual(checkModel(sdk, { ...operations, GetUser: { ...GetUser, output: null } }), [
    '1 operation changed: GetUser',
  ]);
  assert.deepEqual(
    checkModel(sdk, { ...operations, SignUp: { ...operations.SignUp, authorisation: 'iam' } }),
    ['1 operation changed: SignUp'],
  );
});
