import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

type LogConfigurations = InputOf<'SetLogDeliveryConfiguration'>['LogConfigurations'];

const group = (region: string) => `arn:aws:logs:${region}:123456789012:log-group:pool`;
const notifications = {
  LogLevel: 'ERROR',
  EventSource: 'userNotification',
  CloudWatchLogsConfiguration: { LogGroupArn: group('eu-west-1') },
} as const;
const events = {
  LogLevel: 'INFO',
  EventSource: 'userAuthEvents',
  FirehoseConfiguration: { StreamArn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/x' },
} as const;
const inBucket = {
  LogLevel: 'INFO',
  EventSource: 'userAuthEvents',
  S3Configuration: { BucketArn: 'arn:aws:s3:::shop-logs' },
} as const;

test('what is set is answered and shown in its order, and replaced as a whole', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({ UserPoolTier: 'PLUS' });
  const shown = () => harness.call('GetLogDeliveryConfiguration', { UserPoolId });
  const nothing = { LogDeliveryConfiguration: { UserPoolId, LogConfigurations: [] } };
  assert.deepEqual(await shown(), nothing);
  for (const LogConfigurations of [
    [events, notifications],
    [notifications, inBucket],
    [],
    [events],
  ]) {
    const input = { UserPoolId, LogConfigurations };
    const answer = await harness.call('SetLogDeliveryConfiguration', input);
    assert.deepEqual(answer, { LogDeliveryConfiguration: input });
    assert.deepEqual(await shown(), answer);
  }
});

test('what the service refuses is refused, all in one text, and changes nothing', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({ UserPoolTier: 'PLUS' });
  await harness.call('SetLogDeliveryConfiguration', { UserPoolId, LogConfigurations: [events] });
  const there = {
    ...notifications,
    CloudWatchLogsConfiguration: { LogGroupArn: group('us-east-1') },
  };
  const twice = 'Following event sources appear more then once in a request: [userNotification].';
  const elsewhere = `[CloudWatch log group arn ${group('us-east-1')} failed with the following validation errors: ARN does not belong to current region. ]`;
  const cases: readonly (readonly [LogConfigurations, string | RegExp])[] = [
    [[notifications, notifications], `Request validation Failed. ${twice}`],
    [[there], `Request validation Failed. ${elsewhere}`],
    [[notifications, there], `Request validation Failed. ${twice} ${elsewhere}`],
    [[{ LogLevel: 'INFO', EventSource: 'userAuthEvents' }], /destination/],
    [[{ ...events, ...inBucket }], /destination/],
    [[{ ...events, FirehoseConfiguration: {} }], /destination/],
    [[{ ...events, LogLevel: 'ERROR' }], /log level/],
    [[{ ...notifications, LogLevel: 'INFO' }], /log level/],
    [[events, notifications, inBucket], /2/],
  ];
  for (const [LogConfigurations, text] of cases) {
    await harness.refuses(
      'SetLogDeliveryConfiguration',
      { UserPoolId, LogConfigurations },
      'InvalidParameterException',
      text,
    );
  }
  const { LogDeliveryConfiguration } = await harness.call('GetLogDeliveryConfiguration', {
    UserPoolId,
  });
  assert.deepEqual(LogDeliveryConfiguration?.LogConfigurations, [events]);
});

test('below Plus, sign-ins are not exported, but failed messages are', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  await harness.refuses(
    'SetLogDeliveryConfiguration',
    { UserPoolId, LogConfigurations: [events] },
    'FeatureUnavailableInTierException',
    'The following feature is not available for the ESSENTIALS pricing tier configured: Log Streaming',
  );
  const LogConfigurations = [notifications];
  await harness.call('SetLogDeliveryConfiguration', { UserPoolId, LogConfigurations });
  const missing = { UserPoolId: 'eu-west-1_missing00' };
  const gone = 'ResourceNotFoundException';
  await harness.refuses('GetLogDeliveryConfiguration', missing, gone);
  await harness.refuses('SetLogDeliveryConfiguration', { ...missing, LogConfigurations }, gone);
});
