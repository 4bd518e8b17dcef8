/** One way in which users or administrators use the server, as it is measured. */
export interface Scenario {
  readonly key: ScenarioKey;
  readonly title: string;
  /** What the product may cost at most, as a multiple of the floor. Source: performance.md; ours, as of the test profile, where it names none. */
  readonly goal: number;
  /** Operations of one round. */
  readonly count: number;
  readonly atOnce: number;
  /** With the test profile's fast hash, so that what else is in it shows. */
  readonly passwordHash?: 'test';
}

/** The scenarios' names on the command line. */
export type ScenarioKey =
  | 'password'
  | 'test-profile'
  | 'srp'
  | 'totp'
  | 'email-code'
  | 'passkey'
  | 'device'
  | 'refresh'
  | 'get-user'
  | 'admin-get-user'
  | 'list-users'
  | 'sign-up'
  | 'admin-create-user'
  | 'admin-create-user-srp';

/** A part of a scenario's load: one call for each operation. What a client does by itself in between is not measured. */
export interface Step {
  readonly measured: boolean;
  readonly operate: (index: number) => Promise<unknown>;
}

/** Makes the load of `count` operations ready. */
export type Load = (count: number) => Promise<readonly Step[]> | readonly Step[];

/** A load for each scenario. */
export type Loads = Readonly<Record<ScenarioKey, Load>>;

/** Users of a page of ListUsers. */
export const PAGE = 60;

/** What is measured, cheapest first. */
export const scenarios: readonly Scenario[] = [
  { key: 'get-user', title: 'GetUser', goal: 1.4, count: 3_000, atOnce: 8 },
  { key: 'admin-get-user', title: 'AdminGetUser, signed', goal: 1.4, count: 3_000, atOnce: 8 },
  { key: 'list-users', title: 'ListUsers, page of 60, filter', goal: 1.3, count: 400, atOnce: 8 },
  { key: 'refresh', title: 'refresh, access + ID token', goal: 1.15, count: 600, atOnce: 8 },
  {
    key: 'test-profile',
    title: 'sign-in, test profile',
    goal: 1.25,
    count: 500,
    atOnce: 8,
    passwordHash: 'test',
  },
  {
    key: 'totp',
    title: 'password + TOTP, test profile',
    goal: 1.25,
    count: 150,
    atOnce: 8,
    passwordHash: 'test',
  },
  {
    key: 'device',
    title: 'password + device, test profile',
    goal: 1.25,
    count: 150,
    atOnce: 8,
    passwordHash: 'test',
  },
  { key: 'passkey', title: 'passkey sign-in, both requests', goal: 1.25, count: 150, atOnce: 8 },
  {
    key: 'email-code',
    title: 'email code sign-in, both requests',
    goal: 1.25,
    count: 150,
    atOnce: 8,
  },
  { key: 'srp', title: 'SRP sign-in, both requests', goal: 1.15, count: 150, atOnce: 8 },
  { key: 'admin-create-user', title: 'AdminCreateUser', goal: 1.5, count: 300, atOnce: 8 },
  {
    key: 'admin-create-user-srp',
    title: 'AdminCreateUser, SRP verifier too',
    goal: 1.5,
    count: 300,
    atOnce: 8,
  },
  { key: 'password', title: 'password sign-in, argon2id', goal: 1.15, count: 24, atOnce: 4 },
  { key: 'sign-up', title: 'sign-up + confirmation', goal: 1.15, count: 24, atOnce: 4 },
];
