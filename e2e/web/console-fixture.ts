import assert from 'node:assert/strict';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { buildConsole } from '../../scripts/build-console.mjs';
import { startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { makeTutorialPool, makeUser } from '../clients/tutorial-pool.ts';
import { openProfiles, suiteOfJourneys, type Profiles } from './profiles.ts';

/** What an administrator may do, in ascending order. */
export type Role = 'viewer' | 'operator' | 'owner';

/** Long enough for the administrators' pool. */
export const ADMINISTRATOR_PASSWORD = 'four words make one';

/** What a console journey has: a server with an owner and a pool, a browser, and users. */
export interface ConsoleFixture extends Profiles {
  readonly server: ServerUnderTest;
  /** Signs with the well-known key of development. */
  readonly aws: CognitoIdentityProvider;
  readonly poolId: string;
  readonly clientId: string;
  /** Addresses of the pool's pages: `pool('/users')`. */
  pool(path: string): string;
  /** Creates a confirmed user of the pool whose address is `<name>@example.com`. */
  user(name: string, groups?: readonly ('admin' | 'member')[]): Promise<void>;
  /** A browser profile that is signed in to the console; its administrator is called as the role is. */
  as(role: Role, options?: BrowserContextOptions): Promise<BrowserContext>;
}

/** Journeys through the console of one server, with the tutorial's pool and an owner. */
export const consoleJourneys = suiteOfJourneys(openConsoleFixture);

/** Builds the console if it has changed, and starts a server with an owner and the tutorial's pool. */
export async function openConsoleFixture(): Promise<ConsoleFixture> {
  const [server] = await Promise.all([
    // Passwords use the test hash: these journeys are not about hashing.
    startServer({ POOLHOUSE_PASSWORD_HASH: 'test' }),
    buildConsole(),
  ]);
  try {
    const aws = server.client({ region: 'ph-local-1' });
    await setUp(server);
    const { UserPoolId: poolId, ClientId: clientId } = await makeTutorialPool(aws);
    const profiles = await openProfiles(server.publicUrl);
    const sessions = new Map<Role, Promise<SignedIn>>();
    return {
      ...profiles,
      server,
      aws,
      poolId,
      clientId,
      pool: (path) => `/console/p/${poolId}${path}`,
      user: (name, groups) => makeUser(aws, poolId, name, groups),
      async as(role, options) {
        const session = sessions.get(role) ?? signedIn(server, profiles, role);
        sessions.set(role, session);
        return profiles.profile({ ...options, storageState: await session });
      },
      async close() {
        await profiles.close();
        await server.remove();
      },
    };
  } catch (error) {
    await server.remove();
    throw error;
  }
}

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

/** The link that a server without an owner prints. */
export async function setUpLink(server: ServerUnderTest): Promise<URL> {
  const link = /http:\S+\/console\/set-up\?token=\S+/;
  // It is printed after the server has started answering.
  while (!link.test(server.log())) await new Promise((resolve) => setImmediate(resolve));
  return new URL(link.exec(server.log())?.[0] ?? '');
}

async function setUp(server: ServerUnderTest): Promise<void> {
  const token = (await setUpLink(server)).searchParams.get('token');
  const owner = {
    username: 'owner',
    email: 'owner@example.com',
    password: ADMINISTRATOR_PASSWORD,
  };
  const response = await fetch(`${server.publicUrl}/console/api/set-up`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: server.publicUrl },
    body: JSON.stringify({ token, ...owner }),
  });
  assert(response.ok, await response.text());
}

/** Signs in as people do the first time: everybody but the owner chooses a new password. */
async function signedIn(
  server: ServerUnderTest,
  profiles: Profiles,
  role: Role,
): Promise<SignedIn> {
  const context = await profiles.profile();
  const page = await context.newPage();
  await page.goto('/console/');
  if (role === 'owner') {
    await fillSignIn(page, role, ADMINISTRATOR_PASSWORD);
  } else {
    const said = await server.command('administrators', 'add', role, '--role', role);
    await fillSignIn(page, role, /Temporary password: (\S+)/.exec(said)?.[1] ?? '');
    await page.getByLabel('New password', { exact: true }).fill(ADMINISTRATOR_PASSWORD);
    await page.getByRole('button', { name: 'Save and continue' }).click();
  }
  await page.getByRole('heading', { name: 'User pools' }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Fills in the sign-in page and presses its button. */
export async function fillSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name or email').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Waits until the console says that something is saved; "not saved" is another sentence. */
export function seesSaved(page: Page): Promise<void> {
  return page.getByText('Saved.', { exact: true }).waitFor();
}
