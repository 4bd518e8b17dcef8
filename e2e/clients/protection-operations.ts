/** Threat protection's records. A part of `aws-sdk.test.ts`, which counts what succeeded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { outputOf } from './sdk-answers.ts';
import { makeUser, PASSWORD } from './tutorial-pool.ts';

/** Tests with a pool of their own, in which threat protection only records. */
export function protectionOperations(
  aws: sdk.CognitoIdentityProvider,
  makePool: () => Promise<{ readonly UserPoolId: string; readonly ClientId: string }>,
): void {
  test('a pool and an app client say what is done about risk', async () => {
    const { UserPoolId, ClientId } = await makePool();
    const risk = {
      ...{ UserPoolId, ClientId },
      CompromisedCredentialsRiskConfiguration: {
        EventFilter: ['SIGN_IN' as const],
        Actions: { EventAction: 'BLOCK' as const },
      },
      RiskExceptionConfiguration: { BlockedIPRangeList: ['192.0.2.0/24'] },
    };
    const set = await outputOf(aws.setRiskConfiguration(risk));
    const { LastModifiedDate, ...shown } = set.RiskConfiguration ?? {};
    assert(LastModifiedDate instanceof Date);
    assert.deepEqual(shown, risk);
    const described = aws.describeRiskConfiguration({ UserPoolId, ClientId });
    assert.deepEqual(await outputOf(described), set);
    const bare = { UserPoolId, RiskExceptionConfiguration: { SkippedIPRangeList: ['192.0.2.1'] } };
    await assert.rejects(aws.setRiskConfiguration(bare), sdk.InvalidParameterException);
  });

  test('administrators see what a user did, and say what it was', async () => {
    const { UserPoolId, ClientId } = await makePool();
    await makeUser(aws, UserPoolId, 'mara');
    const user = { UserPoolId, Username: 'mara' };
    const signIn = (word: string) =>
      aws.initiateAuth({
        ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
        AuthParameters: { USERNAME: 'mara', PASSWORD: word },
      });
    await assert.rejects(signIn('Wrong-1234'), sdk.NotAuthorizedException);
    await signIn(PASSWORD);
    const paginator = sdk.paginateAdminListUserAuthEvents(
      { client: aws, pageSize: 1 },
      { ...user },
    );
    const events: sdk.AuthEventType[] = [];
    for await (const page of paginator) events.push(...(page.AuthEvents ?? []));
    assert.deepEqual(
      events.map(({ EventResponse }) => EventResponse),
      ['Pass', 'Fail'],
    );
    assert(events[0]?.CreationDate instanceof Date);
    const EventId = events[1]?.EventId;
    const said = { ...user, EventId, FeedbackValue: 'Invalid' as const };
    assert.deepEqual(await outputOf(aws.adminUpdateAuthEventFeedback(said)), {});
    const { AuthEvents = [] } = await aws.adminListUserAuthEvents(user);
    assert.equal(AuthEvents[1]?.EventFeedback?.FeedbackValue, 'Invalid');
    const forged = aws.updateAuthEventFeedback({ ...said, FeedbackToken: 'forged' });
    await assert.rejects(forged, sdk.NotAuthorizedException);
  });

  test('a pool says which events go into logs', async () => {
    const { UserPoolId } = await makePool();
    const input = {
      UserPoolId,
      LogConfigurations: [
        {
          ...{ LogLevel: 'INFO' as const, EventSource: 'userAuthEvents' as const },
          S3Configuration: { BucketArn: 'arn:aws:s3:::shop-logs' },
        },
      ],
    };
    const set = await outputOf(aws.setLogDeliveryConfiguration(input));
    assert.deepEqual(set, { LogDeliveryConfiguration: input });
    const shown = aws.getLogDeliveryConfiguration({ UserPoolId });
    assert.deepEqual(await outputOf(shown), set);
  });
}
