/**
 * Whatever the server has acknowledged is kept: it is killed again and again in the middle of many writes, and after each restart
 * everything acknowledged by then is there, complete. Source: security.md F01.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import {
  CognitoIdentityProviderServiceException,
  NotAuthorizedException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { startServer } from './server-under-test.ts';
import { makeTutorialPool, PASSWORD } from './tutorial-pool.ts';

const KILLS = 20;
const LEAST_ACKNOWLEDGED = 2_000;
const WORKERS = 12;
/** Writes that are acknowledged between two kills, at most. */
const LONGEST_ROUND = 200;

// Otherwise most of the time would go into hashing passwords, which this is not about.
const server = await startServer({ POOLHOUSE_PASSWORD_HASH: 'test' });
after(() => server.remove());
// A request is sent once: a retry would hide whether the first attempt was lost.
const aws = server.client({ maxAttempts: 1 });
const { UserPoolId, ClientId } = await makeTutorialPool(
  aws,
  {},
  {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    // A user whose answer was lost comes again with the old token.
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
  },
);

/** What the API says about a user, and what it was told. */
interface State {
  readonly status: string;
  readonly enabled: boolean;
  readonly email: string;
  readonly verified: boolean;
  readonly nickname: string;
  readonly member: boolean;
}

/** A user, written by only one worker; `undefined` stands for one that does not exist. */
interface Person {
  readonly name: string;
  state: State | undefined;
  /** What was requested but not answered: it may or may not be done, but never in part. */
  pending: { readonly state: State | undefined } | undefined;
  /** The latest refresh token, if this person has signed in. */
  refreshToken?: string;
  /** Signed out: the refresh token must be refused. */
  revoked: boolean | 'perhaps';
}

const people: Person[] = [];
let acknowledged = 0;
let count = 0;

/** The server was killed before it answered. */
class Unanswered extends Error {}

async function acknowledge<Output>(request: Promise<Output>): Promise<Output> {
  let output: Output;
  try {
    output = await request;
  } catch (error) {
    if (error instanceof CognitoIdentityProviderServiceException) throw error;
    throw new Unanswered('no answer', { cause: error });
  }
  acknowledged += 1;
  onAcknowledged();
  return output;
}

let onAcknowledged = () => {};

async function write(
  person: Person,
  state: State | undefined,
  request: () => Promise<unknown>,
): Promise<void> {
  person.pending = { state };
  await acknowledge(request());
  person.state = state;
  person.pending = undefined;
}

function add(name: string): Person {
  const person: Person = { name, state: undefined, pending: undefined, revoked: false };
  people.push(person);
  return person;
}

const fresh = (email: string): State => ({
  status: 'FORCE_CHANGE_PASSWORD',
  enabled: true,
  email,
  verified: true,
  nickname: '0',
  member: false,
});

const attributes = ({ email, nickname }: State, verified = true) => [
  { Name: 'email', Value: email },
  { Name: 'nickname', Value: nickname },
  ...(verified ? [{ Name: 'email_verified', Value: 'true' }] : []),
];

/** An administrator creates a user, and may change and delete it. */
async function administrator(number: number): Promise<void> {
  const person = add(`made${number}`);
  const key = { UserPoolId, Username: person.name };
  let state = fresh(`${person.name}@example.com`);
  const UserAttributes = attributes(state);
  await write(person, state, () =>
    aws.adminCreateUser({ ...key, UserAttributes, MessageAction: 'SUPPRESS' }),
  );
  for (let change = 1; change <= 6; change += 1) {
    // The address is an alias, so another row changes along with it.
    const email = change % 3 === 0 ? `${person.name}.${change}@example.com` : state.email;
    state = { ...state, email, nickname: String(change) };
    const changed = attributes(state);
    await write(person, state, () =>
      aws.adminUpdateUserAttributes({ ...key, UserAttributes: changed }),
    );
  }
  state = { ...state, member: true };
  await write(person, state, () => aws.adminAddUserToGroup({ ...key, GroupName: 'member' }));
  state = { ...state, enabled: false };
  await write(person, state, () => aws.adminDisableUser(key));
  if (number % 5 === 0) await write(person, undefined, () => aws.adminDeleteUser(key));
}

/** A person signs up, signs in, and uses up refresh tokens. */
async function visitor(number: number): Promise<void> {
  const person = add(`came${number}`);
  const key = { UserPoolId, Username: person.name };
  let state: State = {
    ...fresh(`${person.name}@example.com`),
    status: 'UNCONFIRMED',
    verified: false,
  };
  const UserAttributes = attributes(state, false);
  await write(person, state, () =>
    aws.signUp({ ClientId, Username: person.name, Password: PASSWORD, UserAttributes }),
  );
  state = { ...state, status: 'CONFIRMED' };
  await write(person, state, () => aws.adminConfirmSignUp(key));
  const { AuthenticationResult } = await acknowledge(
    aws.initiateAuth({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: person.name, PASSWORD },
    }),
  );
  person.refreshToken = AuthenticationResult?.RefreshToken;
  for (let rotation = 0; rotation < 4; rotation += 1) await rotate(person);
  if (number % 3 !== 0) return;
  person.revoked = 'perhaps';
  await acknowledge(aws.revokeToken({ ClientId, Token: person.refreshToken }));
  person.revoked = true;
}

async function rotate(person: Person): Promise<void> {
  const { AuthenticationResult } = await acknowledge(
    aws.getTokensFromRefreshToken({ ClientId, RefreshToken: person.refreshToken }),
  );
  const next = AuthenticationResult?.RefreshToken;
  assert(next && next !== person.refreshToken);
  person.refreshToken = next;
}

/** Writes until the server is gone. */
async function work(): Promise<void> {
  for (;;) {
    count += 1;
    try {
      await (count % 3 === 0 ? visitor(count) : administrator(count));
    } catch (error) {
      if (error instanceof Unanswered) return;
      throw error;
    }
  }
}

/** Writes in parallel, and kills the server somewhere in the middle. */
async function interruptedRound(): Promise<void> {
  const untilCount = acknowledged + 20 + Math.floor(Math.random() * LONGEST_ROUND);
  const killed = new Promise<void>((resolve, reject) => {
    onAcknowledged = () => {
      if (acknowledged < untilCount) return;
      onAcknowledged = () => {};
      // Not right after an answer: some milliseconds later, something else is half done.
      setTimeout(() => void server.killNow().then(resolve, reject), Math.random() * 6);
    };
  });
  await Promise.all([killed, ...Array.from({ length: WORKERS }, work)]);
  assert.equal(server.process().signalCode, 'SIGKILL');
}

async function found(Username: string) {
  try {
    return await aws.adminGetUser({ UserPoolId, Username });
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}

/** Checks a user as it is now: every name that it should have finds it, and no former name does. */
async function observed(person: Person): Promise<State | undefined> {
  const user = await found(person.name);
  const list = new Map(user?.UserAttributes?.map(({ Name, Value }) => [Name, Value]));
  const verified = list.get('email_verified') === 'true';
  const addresses = [person.state?.email, person.pending?.state?.email];
  for (const email of new Set(addresses)) {
    if (email === undefined) continue;
    const owner = verified && email === list.get('email') ? person.name : undefined;
    assert.equal((await found(email))?.Username, owner, `${person.name} by ${email}`);
  }
  const input = { UserPoolId, Filter: `username = "${person.name}"` };
  assert.equal((await aws.listUsers(input)).Users?.length, user === undefined ? 0 : 1);
  if (user === undefined) return undefined;
  const { Groups } = await aws.adminListGroupsForUser({ UserPoolId, Username: person.name });
  return {
    status: user.UserStatus ?? '',
    enabled: user.Enabled ?? false,
    email: list.get('email') ?? '',
    verified,
    nickname: list.get('nickname') ?? '',
    member: Groups?.some(({ GroupName }) => GroupName === 'member') ?? false,
  };
}

async function check(person: Person): Promise<void> {
  const { name, pending } = person;
  const now = await observed(person);
  const asAsked = pending !== undefined && sameState(now, pending.state);
  if (!asAsked) assert.deepEqual(now, person.state, name);
  person.state = now;
  person.pending = undefined;
  if (person.refreshToken === undefined) return;
  const refusedOnly = person.revoked === true;
  try {
    await rotate(person);
    assert(!refusedOnly, `${name}'s token was revoked`);
    person.revoked = false;
  } catch (error) {
    if (!(error instanceof NotAuthorizedException)) throw error;
    assert(person.revoked, `${name}: ${error.message}`);
    person.revoked = true;
  }
}

function sameState(one: State | undefined, other: State | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Checks in parallel. */
async function checkAll(some: readonly Person[]): Promise<void> {
  const waiting = [...some];
  const checkNext = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await check(next);
  };
  await Promise.all(Array.from({ length: WORKERS }, checkNext));
}

test('a server that is killed again and again loses nothing that it has acknowledged', async (t) => {
  let kills = 0;
  while (kills < KILLS || acknowledged < LEAST_ACKNOWLEDGED) {
    const before = people.length;
    await interruptedRound();
    kills += 1;
    await server.startAgain();
    await checkAll(people.slice(before));
  }
  const inAll = acknowledged;
  await checkAll(people);
  assert(inAll >= LEAST_ACKNOWLEDGED && people.some(({ revoked }) => revoked === true));
  t.diagnostic(`${inAll} acknowledged writes to ${people.length} users, ${kills} kills, none lost`);

  assert.equal(await server.end(), 0);
  const database = new DatabaseSync(join(server.dataFolder, 'poolhouse.db'), { readOnly: true });
  assert.deepEqual(
    { ...database.prepare('PRAGMA integrity_check').get() },
    { integrity_check: 'ok' },
  );
  assert.deepEqual(database.prepare('PRAGMA foreign_key_check').all(), []);
  database.close();
  assert.doesNotMatch(server.log(), /"level":"error"/);
});
