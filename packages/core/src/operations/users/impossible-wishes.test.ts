import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttributeType, InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

/* What an administrator wishes for in so many words, and what cannot be, is refused before anything is stored. */

const refusal = 'InvalidParameterException';
const email = { Name: 'email', Value: 'ada@example.com' };
const phone = { Name: 'phone_number', Value: '+15550100' };
const noEmail = 'No email provided but desired delivery medium was Email';
const noPhone = 'No phone number provided but desired delivery medium was SMS';

type Mediums = InputOf<'AdminCreateUser'>['DesiredDeliveryMediums'];

const invitations: readonly (readonly [AttributeType[], Mediums, string | undefined])[] = [
  [[], ['EMAIL'], noEmail],
  [[phone], ['EMAIL'], noEmail],
  [[{ Name: 'email', Value: '' }, phone], ['EMAIL'], noEmail],
  [[email], ['SMS'], noPhone],
  [[], ['SMS'], noPhone],
  [[email], ['EMAIL', 'SMS'], noPhone],
  [[phone], ['SMS', 'EMAIL'], noEmail],
  [[email], ['EMAIL'], undefined],
  [[email, phone], ['SMS', 'EMAIL'], undefined],
  [[email], [], undefined],
  [[], undefined, undefined],
];

test('an invitation by a way that does not lead to the user is refused, the first and every further one', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  for (const [at, [UserAttributes, DesiredDeliveryMediums, text]] of invitations.entries()) {
    const create = { UserPoolId, Username: `user${at}`, UserAttributes, DesiredDeliveryMediums };
    const again = { ...create, MessageAction: 'RESEND' } as const;
    if (text === undefined) {
      await harness.call('AdminCreateUser', create);
      await harness.call('AdminCreateUser', again);
      continue;
    }
    await harness.refuses('AdminCreateUser', create, refusal, text);
    await harness.refuses('AdminGetUser', create, 'UserNotFoundException');
    // Nothing is to be sent, so nothing can fail to arrive.
    await harness.call('AdminCreateUser', { ...create, MessageAction: 'SUPPRESS' });
    const { UserLastModifiedDate: before } = await harness.call('AdminGetUser', create);
    harness.advance(1_000);
    await harness.refuses('AdminCreateUser', again, refusal, text);
    assert.deepEqual((await harness.call('AdminGetUser', create)).UserLastModifiedDate, before);
  }
});

test('a user name that is the address is one to send to, and one that is not is none', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({ UsernameAttributes: ['email', 'phone_number'] });
  const DesiredDeliveryMediums: Mediums = ['EMAIL'];
  const mail = { UserPoolId, Username: 'ada@example.com', DesiredDeliveryMediums };
  await harness.call('AdminCreateUser', mail);
  await harness.call('AdminCreateUser', { ...mail, MessageAction: 'RESEND' });
  assert.equal((await harness.messages('ada@example.com')).length, 2);
  const number = { ...mail, Username: '+15550100' };
  await harness.refuses('AdminCreateUser', number, refusal, noEmail);
  await harness.call('AdminCreateUser', { ...number, DesiredDeliveryMediums: ['SMS'] });
});

const marks: readonly (readonly [AttributeType[], 'email' | 'phone_number' | undefined])[] = [
  [[{ Name: 'email_verified', Value: 'true' }], 'email'],
  [[{ Name: 'email_verified', Value: 'True' }, phone], 'email'],
  [[{ Name: 'phone_number_verified', Value: 'true' }, email], 'phone_number'],
  [
    [
      { Name: 'email', Value: '' },
      { Name: 'email_verified', Value: 'true' },
    ],
    'email',
  ],
  [[{ Name: 'email_verified', Value: 'false' }], undefined],
  [[email, { Name: 'email_verified', Value: 'true' }], undefined],
  [[phone, { Name: 'phone_number_verified', Value: 'true' }], undefined],
];

test('a mark for an address that is not there is refused, when a user is made and when it is changed', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  for (const [at, [UserAttributes, empty]] of marks.entries()) {
    const made = { UserPoolId, Username: `made${at}`, UserAttributes };
    const changed = { UserPoolId, Username: `changed${at}`, UserAttributes };
    await harness.call('AdminCreateUser', { ...changed, UserAttributes: [] });
    if (empty === undefined) {
      await harness.call('AdminCreateUser', made);
      await harness.call('AdminUpdateUserAttributes', changed);
      continue;
    }
    const text = `No ${empty} provided but ${empty}_verified was true`;
    await harness.refuses('AdminCreateUser', made, refusal, text);
    await harness.refuses('AdminGetUser', made, 'UserNotFoundException');
    await harness.refuses('AdminUpdateUserAttributes', changed, refusal, text);
    const { UserAttributes: kept = [] } = await harness.call('AdminGetUser', changed);
    assert.deepEqual(
      kept.map(({ Name }) => Name),
      ['sub'],
    );
  }
});

test('an address that waits for its proof is none to mark, and one that goes takes its mark along', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  });
  const user = { UserPoolId, Username: 'ada' };
  const update = (...UserAttributes: AttributeType[]) => ({ ...user, UserAttributes });
  const verified = { Name: 'email_verified', Value: 'true' };
  await harness.call('AdminCreateUser', user);
  await harness.call('AdminUpdateUserAttributes', update(email));
  await harness.refuses('AdminUpdateUserAttributes', update(verified), refusal);
  await harness.call('AdminUpdateUserAttributes', update(email, verified));
  await harness.call('AdminUpdateUserAttributes', update({ Name: 'email', Value: '' }));
  const { UserAttributes: kept = [] } = await harness.call('AdminGetUser', user);
  assert.deepEqual(
    kept.map(({ Name }) => Name),
    ['sub'],
  );
});
