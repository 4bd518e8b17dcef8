import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserPoolClientType } from '@poolhouse/model';
import { ClientDraft } from './client-draft.ts';

const client: UserPoolClientType = {
  UserPoolId: 'local_aaaaaaaaa',
  ClientId: 'abc',
  ClientName: 'web',
  ClientSecret: 'secret',
  ClientType: 'REGULAR',
  CreationDate: 1,
  LastModifiedDate: 2,
  RefreshTokenValidity: 30,
  TokenValidityUnits: {},
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  CallbackURLs: ['https://example.com/'],
  AllowedOAuthFlowsUserPoolClient: false,
  EnableTokenRevocation: true,
  AuthSessionValidity: 3,
};

test('saving sends everything that the client has, and no secret', () => {
  const sent: Record<string, unknown> = {
    ...ClientDraft.of(client).with({ name: 'shop' }).update(),
  };
  for (const name of ['ClientSecret', 'ClientType', 'CreationDate', 'LastModifiedDate']) {
    assert.ok(!(name in sent), name);
  }
  assert.equal(sent['ClientName'], 'shop');
  assert.deepEqual(sent['CallbackURLs'], client.CallbackURLs);
  assert.equal(sent['PreventUserExistenceErrors'], 'LEGACY');
  assert.equal(sent['AccessTokenValidity'], 60);
  assert.deepEqual(sent['TokenValidityUnits'], {
    AccessToken: 'minutes',
    IdToken: 'minutes',
    RefreshToken: 'days',
  });
});

test('a client as it was read is unchanged, whatever the order of its lists', () => {
  const draft = ClientDraft.of(client);
  assert.ok(!draft.isChanged);
  assert.ok(!draft.withFlow('ALLOW_USER_SRP_AUTH', true).isChanged);
  assert.ok(draft.withFlow('ALLOW_USER_PASSWORD_AUTH', true).isChanged);
  assert.ok(draft.with({ read: ['email'] }).isChanged);
});

test('rotation and the flow of before exclude each other', () => {
  const rotating = ClientDraft.of(client).withRotation(true);
  assert.ok(!rotating.values.flows.includes('ALLOW_REFRESH_TOKEN_AUTH'));
  assert.deepEqual(rotating.update().RefreshTokenRotation, {
    Feature: 'ENABLED',
    RetryGracePeriodSeconds: 10,
  });
  const back = rotating.withRotation(false);
  assert.ok(back.values.flows.includes('ALLOW_REFRESH_TOKEN_AUTH') && !back.isChanged);
});

test('flows of old and flows without a name become what they mean today', () => {
  const old = ClientDraft.of({ ...client, ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] });
  assert.deepEqual(old.values.flows, [
    'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    'ALLOW_USER_SRP_AUTH',
    'ALLOW_REFRESH_TOKEN_AUTH',
  ]);
  const unnamed = ClientDraft.of({ ...client, ExplicitAuthFlows: undefined });
  assert.ok(unnamed.values.flows.includes('ALLOW_CUSTOM_AUTH') && !unnamed.isChanged);
});

test('what the API would refuse is named at its field', () => {
  const draft = new ClientDraft({ name: 'web' });
  assert.deepEqual(draft.problems, {});
  const cases = [
    [{ name: ' ' }, 'name', 'no-name'],
    [{ name: 'a/b' }, 'name', 'name'],
    [{ flows: ['ALLOW_REFRESH_TOKEN_AUTH'] }, 'flows', 'no-flow'],
    [{ access: { value: '4', unit: 'minutes' } }, 'access', 'day'],
    [{ id: { value: '25', unit: 'hours' } }, 'id', 'day'],
    [{ id: { value: '1.5', unit: 'hours' } }, 'id', 'not-a-number'],
    [{ refresh: { value: '30', unit: 'minutes' } }, 'refresh', 'years'],
    [
      { refresh: { value: '1', unit: 'hours' }, access: { value: '2', unit: 'hours' } },
      'refresh',
      'refresh-shorter',
    ],
    [{ sessionMinutes: '16' }, 'sessionMinutes', 'session'],
    [{ rotates: true, graceSeconds: '61' }, 'graceSeconds', 'grace'],
  ] as const;
  for (const [values, field, problem] of cases) {
    assert.equal(draft.with(values).problems[field], problem, JSON.stringify(values));
  }
});

test('addresses are sent as lists, each once', () => {
  const draft = ClientDraft.of({ ...client, DefaultRedirectURI: 'https://example.com/' });
  assert.ok(!draft.with({ callbacks: ' https://example.com/ \n\n' }).isChanged);
  const more = draft.with({ callbacks: 'https://example.com/\nshop://in\nshop://in' }).update();
  assert.deepEqual(more.CallbackURLs, ['https://example.com/', 'shop://in']);
  assert.equal(more.DefaultRedirectURI, 'https://example.com/');
  const none = draft.with({ callbacks: '\n', defaultCallback: '' }).update();
  assert.deepEqual([none.CallbackURLs, none.DefaultRedirectURI], [undefined, undefined]);
  const out = draft.with({ signOuts: 'https://example.com/bye' }).update();
  assert.deepEqual(out.LogoutURLs, ['https://example.com/bye']);
});

test('what a client writes keeps the attributes that its pool requires', () => {
  const draft = ClientDraft.of({ ...client, WriteAttributes: ['name'] }, ['email', 'name']);
  assert.deepEqual(draft.values.write, ['name', 'email']);
  assert.ok(!draft.isChanged);
  assert.deepEqual(draft.update().WriteAttributes, ['name', 'email']);
  const all = ClientDraft.of({ ...client, WriteAttributes: undefined }, ['email']);
  assert.equal(all.update().WriteAttributes, undefined);
});
