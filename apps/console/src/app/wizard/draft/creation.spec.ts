import { TestBed } from '@angular/core/testing';
import { Requests } from '../../api/request';
import { FakeServer } from '../../../testing/fake-server';
import { tutorial } from '../testing/drafts';
import { Creation } from './creation';

const UserPool = { Id: 'eu-west-1_abcdefghi', Name: 'tutorial' };
const UserPoolClient = { ClientId: 'web-id' };

function setUp() {
  const server = new FakeServer()
    .on('CreateUserPool', { UserPool })
    .on('SetUserPoolMfaConfig', {})
    .on('CreateUserPoolClient', { UserPoolClient });
  TestBed.configureTestingModule({
    providers: [Creation, { provide: Requests, useValue: server }],
  });
  return { server, creation: TestBed.inject(Creation) };
}

describe('making a pool', () => {
  it('makes the pool where it is wanted, and then its client', async () => {
    const { server, creation } = setUp();
    expect(await creation.run(tutorial, 'eu-west-1')).toBe(true);
    expect(server.regions).toEqual(['eu-west-1', 'eu-west-1']);
    expect(creation.created()).toMatchObject({
      pool: UserPool,
      client: UserPoolClient,
      region: 'eu-west-1',
    });
    expect(creation.poolId()).toBeUndefined();
  });

  it('makes no client where none is wanted', async () => {
    const { server, creation } = setUp();
    await creation.run(tutorial.with({ withClient: false }), 'local');
    expect(server.writes).toEqual(['CreateUserPool']);
    expect(creation.created()?.client).toBeUndefined();
  });

  it('turns on second factors before there is a client to sign in with', async () => {
    const { server, creation } = setUp();
    await creation.run(tutorial.with({ mfa: 'required' }), 'local');
    expect(server.writes).toEqual([
      'CreateUserPool',
      'SetUserPoolMfaConfig',
      'CreateUserPoolClient',
    ]);
    expect(server.inputs('SetUserPoolMfaConfig')).toEqual([
      {
        UserPoolId: UserPool.Id,
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      },
    ]);
  });

  it('keeps the pool whose second factors failed, and makes no client until they are on', async () => {
    const { server, creation } = setUp();
    server.failNext('SetUserPoolMfaConfig', 'X', 'Not now.');
    const draft = tutorial.with({ mfa: 'required' });
    expect(await creation.run(draft, 'local')).toBe(false);
    expect([creation.poolId(), creation.missing()]).toEqual([UserPool.Id, 'mfa']);
    expect(server.inputs('CreateUserPoolClient')).toEqual([]);
    server.failNext('CreateUserPoolClient', 'X', 'Bad client.');
    expect(await creation.run(draft, 'local')).toBe(false);
    expect(creation.missing()).toBe('client');
    await creation.run(draft, 'local');
    expect(server.inputs('CreateUserPool')).toHaveLength(1);
    expect(server.inputs('SetUserPoolMfaConfig')).toHaveLength(2);
    expect([creation.created()?.client, creation.missing()]).toEqual([UserPoolClient, undefined]);
  });

  it('follows who changes their mind about second factors that are on already', async () => {
    const { server, creation } = setUp();
    server.failNext('CreateUserPoolClient', 'X', 'Bad client.');
    await creation.run(tutorial.with({ mfa: 'required' }), 'local');
    await creation.run(tutorial, 'local');
    expect(server.inputs('SetUserPoolMfaConfig').at(-1)).toEqual({
      UserPoolId: UserPool.Id,
      MfaConfiguration: 'OFF',
    });
  });

  it('turns second factors off where it cannot know whether they are on', async () => {
    const { server, creation } = setUp();
    server.failNext('SetUserPoolMfaConfig', 'Unreachable', 'The server does not answer.');
    await creation.run(tutorial.with({ mfa: 'required' }), 'local');
    await creation.run(tutorial, 'local');
    expect(server.inputs('SetUserPoolMfaConfig').at(-1)?.MfaConfiguration).toBe('OFF');
    expect(creation.created()).toBeDefined();
  });

  it('makes one at a time, however often it is asked', async () => {
    const { server, creation } = setUp();
    const runs = [creation.run(tutorial, 'local'), creation.run(tutorial, 'local')];
    expect(creation.working()).toBe(true);
    expect(await Promise.all(runs)).toEqual([true, false]);
    expect(server.inputs('CreateUserPool')).toHaveLength(1);
    expect(creation.working()).toBe(false);
  });

  it('says why it failed, and nothing of it once it has worked', async () => {
    const { server, creation } = setUp();
    server.failNext('CreateUserPool', 'X', 'Not now.');
    expect(await creation.run(tutorial, 'local')).toBe(false);
    expect([creation.error(), creation.poolId()]).toEqual([
      expect.objectContaining({ message: 'Not now.' }),
      undefined,
    ]);
    await creation.run(tutorial, 'local');
    expect(creation.error()).toBeUndefined();
  });

  it('keeps the pool whose client failed, and makes the client alone the next time', async () => {
    const { server, creation } = setUp();
    server.failNext('CreateUserPoolClient', 'X', 'Bad client.');
    expect(await creation.run(tutorial, 'local')).toBe(false);
    expect(creation.poolId()).toBe(UserPool.Id);
    await creation.run(tutorial.with({ clientName: 'other' }), 'local');
    expect(server.inputs('CreateUserPool')).toHaveLength(1);
    expect(server.inputs('CreateUserPoolClient').at(-1)?.ClientName).toBe('other');
  });

  it('goes on without the client that failed, and says so of the draft', async () => {
    const { server, creation } = setUp();
    server.failNext('CreateUserPoolClient', 'X', 'Bad client.');
    await creation.run(tutorial, 'local');
    creation.skipClient(tutorial, 'local');
    expect(creation.created()?.draft?.choices.withClient).toBe(false);
    expect([creation.poolId(), creation.error()]).toEqual([undefined, undefined]);
  });

  it('does not trust a server that says no pool', async () => {
    const { server, creation } = setUp();
    server.on('CreateUserPool', {});
    expect(await creation.run(tutorial, 'local')).toBe(false);
    expect(creation.error()).toBeInstanceOf(Error);
  });
});

describe('what was made some time ago', () => {
  it('is read with its client, or without one', async () => {
    const { server, creation } = setUp();
    server.on('DescribeUserPool', { UserPool }).on('DescribeUserPoolClient', { UserPoolClient });
    expect(await creation.read(UserPool.Id, 'web-id')).toEqual({
      pool: UserPool,
      region: 'eu-west-1',
      client: UserPoolClient,
    });
    expect((await creation.read(UserPool.Id, undefined)).client).toBeUndefined();
    expect(server.inputs('DescribeUserPoolClient')).toHaveLength(1);
  });

  it('fails where the server does not say what it is', async () => {
    const { server, creation } = setUp();
    server.on('DescribeUserPool', {});
    await expect(creation.read(UserPool.Id, undefined)).rejects.toThrow('did not say');
  });
});
