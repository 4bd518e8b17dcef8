import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { addUser, signIn, type MadePool } from '../../testing/signed-in.ts';

const issuerOf = async (harness: Harness, made: MadePool): Promise<unknown> => {
  const { AccessToken, IdToken } = await signIn(harness, made, 'mara');
  const [access, id] = [AccessToken, IdToken].map(
    (token) =>
      (
        JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
          iss: string;
        }
      ).iss,
  );
  assert.equal(access, id);
  return access;
};

const aws = ({ UserPoolId }: MadePool) =>
  `https://cognito-idp.eu-west-1.amazonaws.com/${UserPoolId}`;
const own = ({ UserPoolId }: MadePool) => `http://localhost:8400/${UserPoolId}`;

async function described(harness: Harness, { UserPoolId }: MadePool) {
  return (await harness.call('DescribeUserPool', { UserPoolId })).UserPool?.IssuerConfiguration;
}

test('an update that leaves IssuerConfiguration out keeps the issuer, whichever it is', async (t) => {
  const harness = await openHarness(t);
  for (const [Type, expected] of [
    ['ORIGINAL', aws],
    ['UPDATED', own],
  ] as const) {
    const made = await harness.makePool({ IssuerConfiguration: { Type } });
    const { UserPoolId } = made;
    await addUser(harness, made, 'mara');
    const { AccessToken } = await signIn(harness, made, 'mara');
    // What `aws cognito-idp update-user-pool --user-pool-tags team=a` sends; then an empty structure.
    await harness.call('UpdateUserPool', { UserPoolId, UserPoolTags: { team: 'a' } });
    await harness.call('UpdateUserPool', { UserPoolId, IssuerConfiguration: {} });
    await harness.call('TagResource', {
      ResourceArn: await arnOf(harness, made),
      Tags: { b: 'c' },
    });
    assert.equal(await issuerOf(harness, made), expected(made));
    assert.deepEqual(await described(harness, made), { Type });
    await harness.call('GetUser', { AccessToken });
  }
});

async function arnOf(harness: Harness, { UserPoolId }: MadePool): Promise<string> {
  return (await harness.call('DescribeUserPool', { UserPoolId })).UserPool?.Arn ?? '';
}

test('what says it changes it, in both directions, and tokens from before stay good', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId } = made;
  await addUser(harness, made, 'mara');
  const { AccessToken, RefreshToken } = await signIn(harness, made, 'mara');
  for (const [Type, expected] of [
    ['ORIGINAL', aws],
    ['UPDATED', own],
  ] as const) {
    await harness.call('UpdateUserPool', { UserPoolId, IssuerConfiguration: { Type } });
    assert.equal(await issuerOf(harness, made), expected(made));
    await harness.call('GetUser', { AccessToken });
    await harness.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken });
  }
});

test("the server's default holds for new pools that say nothing, and for them alone", async (t) => {
  const harness = await openHarness(t, { issuerOfNewPools: 'aws' });
  const silent = await harness.makePool();
  const own1 = await harness.makePool({ IssuerConfiguration: { Type: 'UPDATED' } });
  const empty = await harness.makePool({ IssuerConfiguration: {} });
  for (const [made, expected] of [
    [silent, aws],
    [own1, own],
    [empty, aws],
  ] as const) {
    await addUser(harness, made, 'mara');
    assert.equal(await issuerOf(harness, made), expected(made));
    await harness.call('UpdateUserPool', { UserPoolId: made.UserPoolId });
    assert.equal(await issuerOf(harness, made), expected(made));
  }
  assert.deepEqual(await described(harness, silent), { Type: 'ORIGINAL' });
  // A pool from before the default was chosen has no setting, which means our own.
  const before = await openHarness(t);
  assert.equal(await described(before, await before.makePool()), undefined);
});
