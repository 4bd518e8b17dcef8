import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness } from '../../testing/harness.ts';

test('an administrator sees a user with all attributes, whatever name finds it', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    AliasAttributes: ['email', 'phone_number'],
    Schema: [{ Name: 'secret', AttributeDataType: 'String', DeveloperOnlyAttribute: true }],
  });
  const { User } = await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'Ada',
    UserAttributes: [
      { Name: 'email', Value: 'ada@x.com' },
      { Name: 'email_verified', Value: 'True' },
      { Name: 'phone_number', Value: '+31612345678' },
      { Name: 'dev:custom:secret', Value: 's' },
    ],
  });
  const sub = User?.Attributes?.[0]?.Value ?? '';
  const expected = {
    Username: 'Ada',
    UserAttributes: [
      { Name: 'sub', Value: sub },
      { Name: 'email', Value: 'ada@x.com' },
      { Name: 'email_verified', Value: 'true' },
      { Name: 'phone_number', Value: '+31612345678' },
      { Name: 'dev:custom:secret', Value: 's' },
    ],
    UserCreateDate: harness.world.clock.nowMs() / 1000,
    UserLastModifiedDate: harness.world.clock.nowMs() / 1000,
    Enabled: true,
    UserStatus: 'FORCE_CHANGE_PASSWORD',
  };
  for (const Username of ['Ada', 'ada@x.com', sub]) {
    assert.deepEqual(
      await harness.call('AdminGetUser', { UserPoolId, Username }),
      expected,
      Username,
    );
  }
  for (const Username of ['ada', 'ADA@x.com', '+31612345678', 'nobody']) {
    const input = { UserPoolId, Username };
    await harness.refuses('AdminGetUser', input, 'UserNotFoundException', 'User does not exist.');
  }
  const nowhere = { UserPoolId: 'eu-west-1_NoSuchOne', Username: 'Ada' };
  await harness.refuses(
    'AdminGetUser',
    nowhere,
    'ResourceNotFoundException',
    'User pool eu-west-1_NoSuchOne does not exist.',
  );
});
