import { randomBytes } from 'node:crypto';
import {
  makeKeyRing,
  makeVault,
  poolId,
  sealedPlaces,
  sub,
  systemRandom,
  type Storage,
  type User,
} from '@poolhouse/core';
import type { OutputOf } from '@poolhouse/model';
import { signed, unsigned } from '../load/aws-json.ts';
import { createPasskey, type KeptPasskey } from '../load/passkey-side.ts';
import { newSecret } from '../load/totp-side.ts';
import { runAll, sendOne, type Connections } from '../load/send.ts';
import { attributesOf, personOf, type Person } from './people.ts';

/** A pool whose users sign in with more than a password, or without one. */
export interface FactorData {
  readonly poolId: string;
  readonly clientId: string;
  /** In base32; one for all. */
  readonly totpSecret: string;
  readonly passkeys: readonly (KeptPasskey & { readonly username: string })[];
}

/** A code of an authenticator application is good once, so that this many are needed while one step of 30 seconds lasts. */
const WITH_APPLICATION = 3_000;
/** An address gets ten codes an hour. */
const WITH_ADDRESS = 1_000;
/** So many that concurrent requests are never from the same person. */
const WITH_PASSKEY = 64;

const FIRST_NUMBER = { application: 10_000_000, address: 20_000_000 } as const;

/** The people with an authenticator application. */
export const withApplication: readonly Person[] = Array.from(
  { length: WITH_APPLICATION },
  (_, index) => personOf(FIRST_NUMBER.application + index),
);

/** The people who get codes by mail; the first of them have passkeys, too. */
export const withAddress: readonly Person[] = Array.from({ length: WITH_ADDRESS }, (_, index) =>
  personOf(FIRST_NUMBER.address + index),
);

/** Creates the pool; authenticator applications are optional, and codes by mail and passkeys are first factors. */
export async function makeFactorPool(
  port: number,
  connections: Connections,
): Promise<Omit<FactorData, 'passkeys'>> {
  const { UserPool } = await sendOne<OutputOf<'CreateUserPool'>>(
    connections,
    signed(port, 'CreateUserPool', {
      PoolName: 'bench with factors',
      AliasAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
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
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: { RelyingPartyId: 'localhost' },
    }),
  );
  const { UserPoolClient } = await sendOne<OutputOf<'CreateUserPoolClient'>>(
    connections,
    signed(port, 'CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'bench with factors',
      ExplicitAuthFlows: [
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ],
    }),
  );
  return {
    poolId: UserPoolId,
    clientId: UserPoolClient?.ClientId ?? '',
    totpSecret: newSecret(randomBytes(52)),
  };
}

/** Adds everybody through the storage itself; passwords come later. */
export async function addFactorPeople(
  storage: Storage,
  keys: string,
  { poolId: pool, totpSecret }: Omit<FactorData, 'passkeys'>,
): Promise<void> {
  const [id = '', key = ''] = keys.split(':');
  const ring = makeKeyRing([{ id, key: Buffer.from(key, 'base64') }]);
  const clock = { nowMs: () => Date.now() };
  const vault = makeVault(storage.stores, { ring, random: systemRandom, clock });
  const secrets = await vault.of(pool);
  const add = async (people: readonly Person[], more: (user: User) => Partial<User>) => {
    await storage.transaction(async ({ users }) => {
      for (const person of people) {
        const user = userOf(pool, person);
        const created = await users.create({ ...user, ...more(user) });
        if (created.kind !== 'created') throw new Error(`${person.username} exists twice`);
      }
    });
  };
  const token = JSON.stringify({ secret: totpSecret });
  await add(withApplication, (user) => ({
    sealedSoftwareToken: secrets.seal(systemRandom, sealedPlaces.softwareToken(user.sub), token),
    mfa: { enabled: ['SOFTWARE_TOKEN_MFA'], preferred: 'SOFTWARE_TOKEN_MFA' },
  }));
  await add(withAddress, () => ({}));
}

function userOf(pool: string, person: Person): User {
  const createdAtMs = 1_700_000_000_000;
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

/** Registers the passkeys of those who have one. `signIn` gives them a password, and answers an access token. */
export async function registerPasskeys(
  port: number,
  connections: Connections,
  signIn: (username: string) => Promise<string>,
): Promise<FactorData['passkeys']> {
  const passkeys: FactorData['passkeys'][number][] = [];
  await runAll(WITH_PASSKEY, 8, async (index) => {
    const { username = '' } = withAddress[index] ?? {};
    const AccessToken = await signIn(username);
    const { CredentialCreationOptions: options } = await sendOne<
      OutputOf<'StartWebAuthnRegistration'>
    >(connections, unsigned('StartWebAuthnRegistration', { AccessToken }));
    const { challenge } = options as { readonly challenge: string };
    const { passkey, registered } = createPasskey(challenge, port);
    const Credential = registered as never;
    await sendOne(
      connections,
      unsigned('CompleteWebAuthnRegistration', { AccessToken, Credential }),
    );
    passkeys[index] = { ...passkey, username };
  });
  return passkeys;
}
