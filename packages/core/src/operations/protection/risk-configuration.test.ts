import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

type Risk = Omit<InputOf<'SetRiskConfiguration'>, 'UserPoolId' | 'ClientId'>;

const audited = {
  UserPoolTier: 'PLUS',
  UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
} as const;
const mail = {
  Subject: 'New sign-in attempt',
  TextBody: 'At {login-time}',
  HtmlBody: '<p>At {login-time}</p>',
};
const everything: Risk = {
  CompromisedCredentialsRiskConfiguration: {
    EventFilter: ['PASSWORD_CHANGE', 'SIGN_UP', 'SIGN_IN'],
    Actions: { EventAction: 'BLOCK' },
  },
  AccountTakeoverRiskConfiguration: {
    NotifyConfiguration: {
      From: 'Shop <security@shop.example>',
      ReplyTo: 'help@shop.example',
      SourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/shop.example',
      ...{ BlockEmail: mail, NoActionEmail: mail, MfaEmail: mail },
    },
    Actions: {
      LowAction: { Notify: false, EventAction: 'NO_ACTION' },
      MediumAction: { Notify: true, EventAction: 'MFA_IF_CONFIGURED' },
      HighAction: { Notify: true, EventAction: 'MFA_REQUIRED' },
    },
  },
  RiskExceptionConfiguration: {
    BlockedIPRangeList: ['192.0.2.0/24', '2001:db8::/32'],
    SkippedIPRangeList: ['198.51.100.7/32'],
  },
};
const blocking: Risk = {
  CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } },
};

async function opened(t: TestContext, settings: Partial<InputOf<'CreateUserPool'>> = audited) {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool(settings);
  const pool = { UserPoolId };
  const shown = async (place: object = {}) =>
    (await harness.call('DescribeRiskConfiguration', { ...pool, ...place })).RiskConfiguration;
  return { harness, pool, client: { ClientId }, shown };
}

test('what is set is answered and shown, with every member, and replaced as a whole', async (t) => {
  const { harness, pool, shown } = await opened(t);
  for (const risk of [everything, blocking, everything]) {
    harness.advance(1000);
    const { RiskConfiguration } = await harness.call('SetRiskConfiguration', { ...pool, ...risk });
    const LastModifiedDate = harness.world.clock.nowMs() / 1000;
    assert.deepEqual(RiskConfiguration, { ...pool, ...risk, LastModifiedDate });
    assert.deepEqual(await shown(), RiskConfiguration);
  }
});

test('an app client has its own beside the pool’s, and nothing is left of what is set to nothing', async (t) => {
  const { harness, pool, client, shown } = await opened(t);
  await harness.call('SetRiskConfiguration', { ...pool, ...everything });
  await harness.call('SetRiskConfiguration', { ...pool, ...client, ...blocking });
  const { CompromisedCredentialsRiskConfiguration, AccountTakeoverRiskConfiguration } =
    await shown(client);
  assert.deepEqual(
    { CompromisedCredentialsRiskConfiguration, AccountTakeoverRiskConfiguration },
    { ...blocking, AccountTakeoverRiskConfiguration: undefined },
  );
  const answer = await harness.call('SetRiskConfiguration', { ...pool, ...client });
  assert.deepEqual(answer, { RiskConfiguration: { ...pool, ...client } });
  assert.deepEqual(await shown(client), { ...pool, ...client });
  assert.deepEqual(
    (await shown()).RiskExceptionConfiguration,
    everything.RiskExceptionConfiguration,
  );
});

test('what the service refuses is refused, and changes nothing', async (t) => {
  const { harness, pool, shown } = await opened(t);
  await harness.call('SetRiskConfiguration', { ...pool, ...everything });
  const before = await shown();
  const takeover = everything.AccountTakeoverRiskConfiguration;
  const notify = (NotifyConfiguration: object) =>
    ({
      AccountTakeoverRiskConfiguration: {
        ...takeover,
        NotifyConfiguration: { ...takeover?.NotifyConfiguration, ...NotifyConfiguration },
      },
    }) as Risk;
  const ranges = (of: 'BlockedIPRangeList' | 'SkippedIPRangeList', range: string): Risk => ({
    RiskExceptionConfiguration: { [of]: ['192.0.2.0/24', range] },
  });
  const cases: readonly (readonly [Risk, string | RegExp])[] = [
    [ranges('BlockedIPRangeList', '192.0.2.1'), 'Incorrect CIDR format'],
    [ranges('SkippedIPRangeList', '2001:db8::1'), 'Incorrect CIDR format'],
    [ranges('SkippedIPRangeList', 'everybody'), 'Incorrect CIDR format'],
    [
      notify({ SourceArn: 'arn:aws:ses:eu-west-3:123456789012:identity/shop.example' }),
      'Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2.',
    ],
    [
      notify({ From: 'a@shop.example\r\nBcc: b@other.example' }),
      'Provided From email address is invalid',
    ],
    [notify({ ReplyTo: 'nobody' }), /email/i],
    [{ RiskExceptionConfiguration: { BlockedIPRangeList: Array(201).fill('::/0') } }, /200/],
    [notify({ BlockEmail: { ...mail, Subject: 'x'.repeat(141) } }), /140/],
    [notify({ MfaEmail: { ...mail, TextBody: 'short' } }), /6/],
  ];
  for (const [risk, text] of cases) {
    await harness.refuses(
      'SetRiskConfiguration',
      { ...pool, ...risk },
      'InvalidParameterException',
      text,
    );
  }
  assert.deepEqual(await shown(), before);
});

test('pools without threat protection have none, and other pools’ app clients are not there', async (t) => {
  const { harness, pool } = await opened(t, { UserPoolTier: 'PLUS' });
  const off = 'UserPoolAddOnNotEnabledException';
  await harness.refuses('SetRiskConfiguration', { ...pool, ...blocking }, off);
  const other = await harness.makePool(audited);
  await harness.call('UpdateUserPool', { ...pool, ...audited });
  await harness.call('SetRiskConfiguration', { ...pool, ...blocking });
  const gone = 'ResourceNotFoundException';
  const foreign = { ...pool, ClientId: other.ClientId, ...blocking };
  await harness.refuses('SetRiskConfiguration', foreign, gone);
  await harness.refuses('SetRiskConfiguration', { ...foreign, ClientId: 'unknown' }, gone);
  const missing = { UserPoolId: 'eu-west-1_missing00', ...blocking };
  await harness.refuses('SetRiskConfiguration', missing, gone);
});
