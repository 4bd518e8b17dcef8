import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  AdminGetUserCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { registry } from '@poolhouse/core';
import { startServer } from '../testing/start-server.ts';
import { listening, signed } from '../testing/sign-request.ts';

suite('a key limited to some pools (V07)', () => {
  test('sees and changes no other pool, and can do nothing that concerns all pools', async (t) => {
    const running = await startServer(t);
    const admin = running.client();
    const makePool = async (PoolName: string) => {
      const { UserPool } = await admin.send(new CreateUserPoolCommand({ PoolName }));
      return { id: UserPool?.Id ?? '', arn: UserPool?.Arn ?? '' };
    };
    const [mine, other] = [await makePool('mine'), await makePool('other')];
    const key = await running.server.accessKeys.create({ pools: [mine.id], note: '' });
    const limited = running.client({ accessKeyId: key.id, secretAccessKey: key.secret });
    const described = await limited.send(new DescribeUserPoolCommand({ UserPoolId: mine.id }));
    assert.equal(described.UserPool?.Id, mine.id);
    const { UserPools } = await limited.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    assert.deepEqual(
      UserPools?.map(({ Id }) => Id),
      [mine.id],
    );
    await limited.send(new ListTagsForResourceCommand({ ResourceArn: mine.arn }));
    const denied = { name: 'AccessDeniedException' };
    for (const id of [other.id, 'eu-west-1_nosuchone']) {
      await assert.rejects(limited.send(new DescribeUserPoolCommand({ UserPoolId: id })), denied);
      await assert.rejects(
        limited.send(new AdminGetUserCommand({ UserPoolId: id, Username: 'a' })),
        denied,
      );
    }
    await assert.rejects(
      limited.send(new ListTagsForResourceCommand({ ResourceArn: other.arn })),
      denied,
    );
    await assert.rejects(limited.send(new CreateUserPoolCommand({ PoolName: 'third' })), {
      ...denied,
      message: new RegExp(
        `^User: arn:aws:iam::\\d{12}:user/${key.id} is not authorized to perform: cognito-idp:CreateUserPool `,
      ),
    });
    const all = await admin.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    assert.equal(all.UserPools?.length, 2);
  });

  test('has a rule for every signed operation that is built: it names a pool, or returns only the key’s pools', async (t) => {
    const { registry: everything, calls } = listening();
    const running = await startServer(t, { replacements: { registry: everything } });
    const key = await running.server.accessKeys.create({
      pools: ['eu-west-1_mine00000'],
      note: '',
    });
    for (const name of everything.keys()) {
      if (!registry.has(name)) continue;
      const body = JSON.stringify({
        UserPoolId: 'eu-west-1_other0000',
        ResourceArn: 'arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_other0000',
      });
      await running.send(await signed(running, { ...key, operation: name, body }));
    }
    assert.deepEqual(calls, []);
  });
});
