import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { poolId } from '@poolhouse/core';
import type { OutputOf } from '@poolhouse/model';
import { openStorage } from '@poolhouse/storage';
import { personOf, type Person } from '../data/people.ts';
import { PASSWORD, setPassword } from '../data/product-data.ts';
import { signed, unsigned } from '../load/aws-json.ts';
import { connect, runAll, sendOne, type Connections } from '../load/send.ts';
import { startProduct } from '../measured-process.ts';

/** A pool whose users are asked for, and people who are none. */
export interface TimingData {
  readonly folder: string;
  /** The key-encryption key, as in the server's setting. */
  readonly keys: string;
  readonly poolId: string;
  /** The app client that hides who exists. */
  readonly clientId: string;
  /** The one that tells. */
  readonly tellingClientId: string;
  /** Of each kind of people as many. */
  readonly people: number;
}

/** Kinds of people: users who may sign in, users who have not confirmed their address, and nobody. */
export type Kind = 'confirmed' | 'unconfirmed' | 'nobody';

/** Their numbers among all made-up people. */
const FIRST_NUMBER: Readonly<Record<Kind, number>> = {
  confirmed: 0,
  unconfirmed: 1_000_000,
  nobody: 2_000_000,
};

/** A key that any device of a person could have, whether or not there is one. */
export function deviceKeyOf({ sub }: Person): string {
  return `eu-west-1_${sub}`;
}

/** One of the people of a kind. */
export function personOfKind(kind: Kind, index: number): Person {
  return personOf(FIRST_NUMBER[kind] + index);
}

/** Creates the pool in an empty folder. `tell` is informed of the progress. */
export async function makeTimingData(
  folder: string,
  people: number,
  tell: (text: string) => void,
): Promise<TimingData> {
  const keys = `bench:${randomBytes(32).toString('base64')}`;
  const data = await addUsers(folder, keys, people, tell);
  await addDevices(folder, data.poolId, people);
  return data;
}

async function addUsers(
  folder: string,
  keys: string,
  people: number,
  tell: (text: string) => void,
): Promise<TimingData> {
  const server = await startProduct(folder, { POOLHOUSE_KEYS: keys });
  const connections = connect(server.port, 4);
  try {
    const ids = await makePool(server.port, connections);
    tell(`${people} users`);
    await runAll(people, 4, (index) => addConfirmed(server.port, connections, ids.poolId, index));
    tell(`${people} users who have not confirmed`);
    await runAll(people, 4, (index) => signUp(connections, ids.clientId, index));
    return { folder, keys, ...ids, people };
  } finally {
    connections.close();
    await server.stop();
  }
}

/** Gives each confirmed user a device, through the storage itself: nobody here gets so far that its verifier is opened. */
async function addDevices(folder: string, pool: string, people: number): Promise<void> {
  const storage = await openStorage({ kind: 'sqlite', file: join(folder, 'poolhouse.db') });
  try {
    await storage.transaction(async ({ devices, users }) => {
      for (let index = 0; index < people; index += 1) {
        const person = personOfKind('confirmed', index);
        const user = await users.byName(poolId(pool), person.username);
        if (user === undefined) throw new Error(`nobody is called ${person.username}`);
        const atMs = user.createdAtMs;
        const device = {
          ...{ poolId: user.poolId, sub: user.sub, key: deviceKeyOf(person) },
          ...{ isRemembered: true, sealedVerifier: 'v1.1.nothing' },
          ...{ createdAtMs: atMs, modifiedAtMs: atMs, lastAuthenticatedAtMs: atMs },
        };
        if ((await devices.add(device, 1)) !== 'added') throw new Error('a device is there twice');
      }
    });
  } finally {
    await storage.close();
  }
}

type Ids = Pick<TimingData, 'poolId' | 'clientId' | 'tellingClientId'>;

async function makePool(port: number, connections: Connections): Promise<Ids> {
  const { UserPool } = await sendOne<OutputOf<'CreateUserPool'>>(
    connections,
    signed(port, 'CreateUserPool', {
      PoolName: 'timing',
      AliasAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      Policies: {
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] },
      },
    }),
  );
  const UserPoolId = UserPool?.Id ?? '';
  await sendOne(
    connections,
    signed(port, 'SetUserPoolMfaConfig', {
      UserPoolId,
      WebAuthnConfiguration: { RelyingPartyId: 'localhost' },
    }),
  );
  const addClient = async (existence: 'ENABLED' | 'LEGACY'): Promise<string> => {
    const { UserPoolClient } = await sendOne<OutputOf<'CreateUserPoolClient'>>(
      connections,
      signed(port, 'CreateUserPoolClient', {
        UserPoolId,
        ClientName: existence,
        PreventUserExistenceErrors: existence,
        ExplicitAuthFlows: [
          'ALLOW_USER_PASSWORD_AUTH',
          'ALLOW_USER_SRP_AUTH',
          'ALLOW_USER_AUTH',
          'ALLOW_REFRESH_TOKEN_AUTH',
        ],
      }),
    );
    return UserPoolClient?.ClientId ?? '';
  };
  return {
    poolId: UserPoolId,
    clientId: await addClient('ENABLED'),
    tellingClientId: await addClient('LEGACY'),
  };
}

async function addConfirmed(
  port: number,
  connections: Connections,
  pool: string,
  index: number,
): Promise<void> {
  const { username, email } = personOfKind('confirmed', index);
  await sendOne(
    connections,
    signed(port, 'AdminCreateUser', {
      UserPoolId: pool,
      Username: username,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  );
  await setPassword(port, connections, pool, username);
}

async function signUp(connections: Connections, ClientId: string, index: number): Promise<void> {
  const { username, email } = personOfKind('unconfirmed', index);
  await sendOne(
    connections,
    unsigned('SignUp', {
      ClientId,
      Username: username,
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
  );
}
