import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse, type House } from '../../testing/house.ts';
import { addUser, signIn, type MadePool } from '../../testing/signed-in.ts';

const issuerOf = async (house: House, made: MadePool): Promise<unknown> => {
  const { AccessToken, IdToken } = await signIn(house, made, 'mara');
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

async function described(house: House, { UserPoolId }: MadePool) {
  return (await house.call('DescribeUserPool', { UserPoolId })).UserPool?.IssuerConfiguration;
}

test('an update that leaves IssuerConfiguration out keeps the issuer, whichever it is', async (t) => {
  const house = await openHouse(t);
  for (const [Type, expected] of [
    ['ORIGINAL', aws],
    ['UPDATED', own],
  ] as const) {
    const made = await house.makePool({ IssuerConfiguration: { Type } });
    const { UserPoolId } = made;
    await addUser(house, made, 'mara');
    const { AccessToken } = await signIn(house, made, 'mara');
    // What `aws cognito-idp update-user-pool --user-pool-tags team=a` sends; then an empty structure.
    await house.call('UpdateUserPool', { UserPoolId, UserPoolTags: { team: 'a' } });
    await house.call('UpdateUserPool', { UserPoolId, IssuerConfiguration: {} });
    await house.call('TagResource', { ResourceArn: await arnOf(house, made), Tags: { b: 'c' } });
    assert.equal(await issuerOf(house, made), expected(made));
    assert.deepEqual(await described(house, made), { Type });
    await house.call('GetUser', { AccessToken });
  }
});

async function arnOf(house: House, { UserPoolId }: MadePool): Promise<string> {
  return (await house.call('DescribeUserPool', { UserPoolId })).UserPool?.Arn ?? '';
}

test('what says it changes it, in both directions, and tokens from before stay good', async (t) => {
  const house = await openHouse(t);
  const made = await house.makePool();
  const { UserPoolId } = made;
  await addUser(house, made, 'mara');
  const { AccessToken, RefreshToken } = await signIn(house, made, 'mara');
  for (const [Type, expected] of [
    ['ORIGINAL', aws],
    ['UPDATED', own],
  ] as const) {
    await house.call('UpdateUserPool', { UserPoolId, IssuerConfiguration: { Type } });
    assert.equal(await issuerOf(house, made), expected(made));
    await house.call('GetUser', { AccessToken });
    await house.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken });
  }
});

test("the server's default holds for new pools that say nothing, and for them alone", async (t) => {
  const house = await openHouse(t, { issuerOfNewPools: 'aws' });
  const silent = await house.makePool();
  const own1 = await house.makePool({ IssuerConfiguration: { Type: 'UPDATED' } });
  const empty = await house.makePool({ IssuerConfiguration: {} });
  for (const [made, expected] of [
    [silent, aws],
    [own1, own],
    [empty, aws],
  ] as const) {
    await addUser(house, made, 'mara');
    assert.equal(await issuerOf(house, made), expected(made));
    await house.call('UpdateUserPool', { UserPoolId: made.UserPoolId });
    assert.equal(await issuerOf(house, made), expected(made));
  }
  assert.deepEqual(await described(house, silent), { Type: 'ORIGINAL' });
  // A pool from before the default was chosen has no setting, which means our own.
  const before = await openHouse(t);
  assert.equal(await described(before, await before.makePool()), undefined);
});
