import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { poolId, sub, type Storage, type User } from '@poolhouse/core';
import type { OutputOf } from '@poolhouse/model';
import { openStorage } from '@poolhouse/storage';
import { signed, unsigned } from '../load/aws-json.ts';
import { connect, runAll, sendOne, type Connections } from '../load/send.ts';
import { startProduct } from '../measured-process.ts';
import { makeDevicePool, type DeviceData } from './device-data.ts';
import {
  addFactorPeople,
  makeFactorPool,
  registerPasskeys,
  type FactorData,
} from './factor-data.ts';
import { attributesOf, personOf, spread } from './people.ts';

/** The password of everybody who has one. */
export const PASSWORD = 'Bench-Passw0rd!';

/** People who sign in by password or SRP: so many that concurrent requests are never from the same person. */
export const WITH_PASSWORD = 64;
/** How many users one transaction creates. */
const BATCH = 2_000;

/** A database of the product, with everything that the measurements need to know about it. */
export interface ProductData {
  readonly folder: string;
  /** The key-encryption key, as in the server's setting. */
  readonly keys: string;
  readonly poolId: string;
  readonly clientId: string;
  /** A pool whose clients do not use SRP, for operations that cost more if they do. */
  readonly poolIdWithoutSrp: string;
  /** How many there are. */
  readonly people: number;
  /** Names of people who have {@link PASSWORD}. */
  readonly withPassword: readonly string[];
  /** Names of others, who get it with the test profile's hash each time. */
  readonly withTestPassword: readonly string[];
  readonly refreshTokens: readonly string[];
  readonly factors: FactorData;
  readonly devices: DeviceData;
}

/** How many people are signed in: enough that their rows are spread all over the tables. */
export function sessionsOf(people: number): number {
  return Math.min(1_000, Math.floor(people / 2));
}

/** Creates a database with this many people in a folder, unless it exists. `tell` is informed of the progress. */
export async function makeProductData(
  folder: string,
  people: number,
  tell: (text: string) => void,
): Promise<ProductData> {
  const file = join(folder, 'bench.json');
  if (existsSync(file))
    return { ...(JSON.parse(readFileSync(file, 'utf8')) as ProductData), folder };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const keys = `bench:${randomBytes(32).toString('base64')}`;
  const { factorPool, ...ids } = await withServer(
    folder,
    { POOLHOUSE_KEYS: keys },
    async (port, connections) => ({
      ...(await makePool(port, connections)),
      factorPool: await makeFactorPool(port, connections),
    }),
  );
  await addPeople(folder, ids.poolId, people, tell);
  await withStorage(folder, (storage) => addFactorPeople(storage, keys, factorPool));
  tell('passwords and sessions');
  const named = (first: number) =>
    spread(WITH_PASSWORD, people, first).map((number) => personOf(number).username);
  const withPassword = named(1);
  await withServer(folder, { POOLHOUSE_KEYS: keys }, (port, connections) =>
    runAll(withPassword.length, 4, (index) =>
      setPassword(port, connections, ids.poolId, withPassword[index] ?? ''),
    ),
  );
  // Nobody signs in with these passwords again, so the fast hash is enough.
  const fast = { POOLHOUSE_KEYS: keys, POOLHOUSE_PASSWORD_HASH: 'test' };
  const signedIn = await withServer(folder, fast, async (port, connections) => ({
    refreshTokens: await signInMany(port, connections, ids, spread(sessionsOf(people), people, 0)),
    passkeys: await registerPasskeys(port, connections, async (username) => {
      const result = await signInOne(port, connections, factorPool, username);
      return result?.AccessToken ?? '';
    }),
    devices: await makeDevicePool(port, connections, (at, username) =>
      signInOne(port, connections, at, username),
    ),
  }));
  const { refreshTokens, passkeys, devices } = signedIn;
  const factors = { ...factorPool, passkeys };
  const withTestPassword = named(3);
  const data = {
    ...{ folder, keys, ...ids, people, withPassword, withTestPassword, refreshTokens },
    ...{ factors, devices },
  };
  writeFileSync(file, JSON.stringify(data));
  return data;
}

/** Has the pool keep what its users do, or not. */
export async function keepEvents(
  port: number,
  connections: Connections,
  pool: string,
  keepsEvents: boolean,
): Promise<void> {
  const input = {
    ...{ UserPoolId: pool, ...settings, UserPoolTier: 'PLUS' as const },
    UserPoolAddOns: { AdvancedSecurityMode: keepsEvents ? ('AUDIT' as const) : ('OFF' as const) },
  };
  await sendOne(connections, signed(port, 'UpdateUserPool', input));
}

/** Gives a person {@link PASSWORD} permanently. */
export async function setPassword(
  port: number,
  connections: Connections,
  pool: string,
  username: string,
): Promise<void> {
  const input = { UserPoolId: pool, Username: username, Password: PASSWORD, Permanent: true };
  await sendOne(connections, signed(port, 'AdminSetUserPassword', input));
}

async function withServer<T>(
  folder: string,
  environment: Readonly<Record<string, string>>,
  work: (port: number, connections: Connections) => Promise<T>,
): Promise<T> {
  const server = await startProduct(folder, environment);
  const connections = connect(server.port, 8);
  try {
    return await work(server.port, connections);
  } finally {
    connections.close();
    await server.stop();
  }
}

/** What an update of the pool must repeat. */
const settings = { AutoVerifiedAttributes: ['email'] as const };

type Ids = Pick<ProductData, 'poolId' | 'clientId' | 'poolIdWithoutSrp'>;

/** The pool has email as an alias, like the tutorial's; its client may use every way to sign in. */
async function makePool(port: number, connections: Connections): Promise<Ids> {
  const pool = await sendOne<OutputOf<'CreateUserPool'>>(
    connections,
    signed(port, 'CreateUserPool', {
      PoolName: 'bench',
      AliasAttributes: ['email'],
      ...settings,
    }),
  );
  const UserPoolId = pool.UserPool?.Id ?? '';
  const client = await sendOne<OutputOf<'CreateUserPoolClient'>>(
    connections,
    signed(port, 'CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'bench',
      ExplicitAuthFlows: [
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ],
    }),
  );
  const plain = await sendOne<OutputOf<'CreateUserPool'>>(
    connections,
    signed(port, 'CreateUserPool', { PoolName: 'bench without SRP', AliasAttributes: ['email'] }),
  );
  return {
    poolId: UserPoolId,
    clientId: client.UserPoolClient?.ClientId ?? '',
    poolIdWithoutSrp: plain.UserPool?.Id ?? '',
  };
}

/** Through the storage itself, many per transaction; secrets are added later, for the few who need them. */
async function addPeople(
  folder: string,
  pool: string,
  people: number,
  tell: (text: string) => void,
): Promise<void> {
  await withStorage(folder, async (storage) => {
    for (let first = 0; first < people; first += BATCH) {
      const last = Math.min(people, first + BATCH);
      await storage.transaction(async ({ users }) => {
        for (let number = first; number < last; number += 1) {
          const created = await users.create(userOf(pool, number));
          if (created.kind !== 'created') throw new Error(`person ${number} exists twice`);
        }
      });
      if (last % 50_000 === 0) tell(`${last} of ${people} users`);
    }
  });
}

async function withStorage(
  folder: string,
  work: (storage: Storage) => Promise<void>,
): Promise<void> {
  const storage = await openStorage({ kind: 'sqlite', file: join(folder, 'poolhouse.db') });
  try {
    await work(storage);
  } finally {
    await storage.close();
  }
}

function userOf(pool: string, number: number): User {
  const person = personOf(number);
  const createdAtMs = 1_700_000_000_000 + number;
  return {
    poolId: poolId(pool),
    sub: sub(person.sub),
    username: person.username,
    status: 'CONFIRMED',
    enabled: true,
    attributes: attributesOf(person),
    pendingAttributes: {},
    names: [
      { kind: 'username', key: person.username },
      { kind: 'email', key: person.email },
    ],
    sealedHistory: [],
    createdAtMs,
    modifiedAtMs: createdAtMs,
    failedAttempts: 0,
  };
}

async function signInMany(
  port: number,
  connections: Connections,
  ids: Ids,
  numbers: readonly number[],
): Promise<string[]> {
  const tokens: string[] = [];
  await runAll(numbers.length, 8, async (index) => {
    const { username } = personOf(numbers[index] ?? 0);
    const result = await signInOne(port, connections, ids, username);
    tokens[index] = result?.RefreshToken ?? '';
  });
  return tokens;
}

/** Gives somebody a password, and signs in with it. */
async function signInOne(
  port: number,
  connections: Connections,
  { poolId: pool, clientId: ClientId }: Pick<Ids, 'poolId' | 'clientId'>,
  username: string,
): Promise<OutputOf<'InitiateAuth'>['AuthenticationResult']> {
  await setPassword(port, connections, pool, username);
  const answer = await sendOne<OutputOf<'InitiateAuth'>>(
    connections,
    unsigned('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD },
    }),
  );
  return answer.AuthenticationResult;
}
