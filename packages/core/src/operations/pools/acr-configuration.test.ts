import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { addUser, signIn, type MadePool } from '../../testing/signed-in.ts';

const named = (...names: readonly (string | undefined)[]) =>
  Object.fromEntries(
    names.flatMap((AcrValue, index) =>
      AcrValue === undefined ? [] : [[`Level${index + 1}`, { AcrValue }]],
    ),
  );
const defaults = [1, 2, 3, 4].map((level) => `urn:cognito:loa:${level}`);

const shown = async (harness: Harness, UserPoolId: string) =>
  (await harness.call('DescribeUserPool', { UserPoolId })).UserPool?.AcrConfiguration;

test('a pool is described with the names of all four levels, and an update without names brings back the service’s', async (t) => {
  const harness = await openHarness(t);
  const AcrConfiguration = named(undefined, 'https://shop.example/two?a=1#b');
  const { UserPool } = await harness.call('CreateUserPool', { PoolName: 'a', AcrConfiguration });
  const UserPoolId = UserPool?.Id ?? '';
  const all = named(defaults[0], 'https://shop.example/two?a=1#b', defaults[2], defaults[3]);
  assert.deepEqual(UserPool?.AcrConfiguration, all);
  assert.deepEqual(await shown(harness, UserPoolId), all);
  // What was read can be written back.
  await harness.call('UpdateUserPool', { UserPoolId, AcrConfiguration: all });
  assert.deepEqual(await shown(harness, UserPoolId), all);
  await harness.call('UpdateUserPool', { UserPoolId });
  assert.deepEqual(await shown(harness, UserPoolId), named(...defaults));
});

test('names are unique, defaults that stay included, and have no other characters than a URI', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const refused: readonly (readonly [InputOf<'UpdateUserPool'>['AcrConfiguration'], RegExp])[] = [
    [named('urn:a', 'urn:a'), /unique/],
    [named('urn:cognito:loa:2'), /unique/],
    [{ Level5: { AcrValue: 'urn:a' } }, /Level1/],
    [{ constructor: { AcrValue: 'urn:a' } }, /Level1/],
    ...['', 'x'.repeat(65), 'a b', 'a"b', 'a\\b', 'a\nb', 'ä'].map(
      (name) => [named(name), /AcrValue/] as const,
    ),
  ];
  for (const [AcrConfiguration, text] of refused) {
    const code = 'InvalidParameterException';
    const pool = { PoolName: 'a', AcrConfiguration };
    await harness.refuses('CreateUserPool', pool, code, text);
    await harness.refuses('UpdateUserPool', { UserPoolId, AcrConfiguration }, code, text);
  }
  const swapped = named('urn:cognito:loa:2', 'urn:cognito:loa:1', 'x'.repeat(64), '!');
  await harness.call('UpdateUserPool', { UserPoolId, AcrConfiguration: swapped });
  assert.deepEqual(await shown(harness, UserPoolId), swapped);
});

test('below Essentials a pool may only have the service’s own names', async (t) => {
  const harness = await openHarness(t);
  const lite = { PoolName: 'a', UserPoolTier: 'LITE' } as const;
  const own = { ...lite, AcrConfiguration: named('urn:a') };
  const closed = 'FeatureUnavailableInTierException';
  await harness.refuses('CreateUserPool', own, closed, /: ACR Configuration$/);
  const { UserPool } = await harness.call('CreateUserPool', lite);
  assert.deepEqual(UserPool?.AcrConfiguration, named(...defaults));
  await harness.call('CreateUserPool', { ...lite, AcrConfiguration: UserPool.AcrConfiguration });
});

const claimsOf = (token = '') =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    readonly acr?: string;
    readonly amr?: readonly string[];
  };
const assurance = ({ acr, amr }: ReturnType<typeof claimsOf>) => ({ acr, amr });

test('both tokens say how well the person was recognised, after a refresh too, under the names that the pool has then', async (t) => {
  const harness = await openHarness(t);
  const made: MadePool = await harness.makePool();
  await addUser(harness, made, 'ann');
  const { AccessToken, IdToken, RefreshToken } = await signIn(harness, made, 'ann');
  const byPassword = { acr: 'urn:cognito:loa:1', amr: ['pwd'] };
  for (const token of [AccessToken, IdToken]) {
    assert.deepEqual(assurance(claimsOf(token)), byPassword);
  }
  const { UserPoolId, ClientId } = made;
  await harness.call('UpdateUserPool', { UserPoolId, AcrConfiguration: named('urn:low') });
  const refreshed = await harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
  const { AccessToken: access, IdToken: id } = refreshed.AuthenticationResult ?? {};
  for (const token of [access, id]) {
    assert.deepEqual(assurance(claimsOf(token)), { ...byPassword, acr: 'urn:low' });
  }
  await harness.call('UpdateUserPool', { UserPoolId, UserPoolTier: 'LITE' });
  const below = await signIn(harness, made, 'ann');
  assert.deepEqual(assurance(claimsOf(below.AccessToken)), { acr: undefined, amr: undefined });
});
