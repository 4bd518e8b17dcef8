import type { ConsoleFixture } from './console-fixture.ts';

/** A page of the console, for checks that every page must pass. */
export interface ConsolePage {
  /** The name of its pictures. */
  readonly name: string;
  readonly path: (fixture: ConsoleFixture) => string;
  /** Its title, which appears once there is something to see. */
  readonly heading: string;
  /** Whether it is shown to people who are not signed in. */
  readonly isPublic?: true;
}

/** The user whose page is among them. */
export const SOMEBODY = 'mara';

const inPool = (name: string, path: string, heading: string): ConsolePage => ({
  name,
  heading,
  path: ({ pool }) => pool(path),
});
const step = (name: string, heading: string): ConsolePage => ({
  name: `new-${name}`,
  heading,
  path: () => `/console/new/${name}`,
});

/** Every page of the console. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  {
    name: 'sign-in',
    heading: 'Sign in to the console',
    path: () => '/console/sign-in',
    isPublic: true,
  },
  {
    name: 'set-up',
    heading: 'Make the first account',
    path: () => '/console/set-up?token=used',
    isPublic: true,
  },
  { name: 'pools', heading: 'User pools', path: () => '/console/' },
  step('name', 'What is the pool for?'),
  step('attributes', 'How do people sign in?'),
  step('policies', 'What makes a good password here?'),
  step('mfa', 'How do people prove who they are?'),
  step('messages', 'What do the messages say?'),
  step('tags', 'Labels for your own bookkeeping'),
  step('client', 'Which application may sign people in?'),
  step('review', 'Ready to create'),
  {
    name: 'created',
    heading: 'tutorial is ready',
    path: ({ poolId, clientId }) => `/console/new/created/${poolId}?client=${clientId}`,
  },
  inPool('overview', '/overview', 'People who joined'),
  inPool('users', '/users', 'Users'),
  inPool('user', `/users/${SOMEBODY}`, SOMEBODY),
  inPool('groups', '/groups', 'Groups'),
  inPool('group', '/groups/admin', 'admin'),
  inPool('clients', '/clients', 'App clients'),
  {
    name: 'client',
    heading: 'application',
    path: ({ pool, clientId }) => pool(`/clients/${clientId}`),
  },
  inPool('resource-servers', '/resource-servers', 'Resource servers'),
  inPool('pool-sign-in', '/sign-in', 'Sign-in'),
  inPool('messages', '/messages', 'Messages'),
  inPool('audit', '/audit', 'Audit'),
  inPool('settings', '/settings', 'Settings'),
  { name: 'administrators', heading: 'Administrators', path: () => '/console/administrators' },
  { name: 'account', heading: 'Your account', path: () => '/console/account' },
  { name: 'not-found', heading: 'There is no such page', path: () => '/console/nowhere' },
];
