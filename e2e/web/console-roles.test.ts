/** What each role may do on each page: a control that is not permitted is shown, does nothing, and says why. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { consoleJourneys, type ConsoleFixture, type Role } from './console-fixture.ts';
import { sees, seesHeading } from './journey.ts';

const ROLES: readonly Role[] = ['viewer', 'operator', 'owner'];
const REASON = /Only (owners|operators and owners) may/;

/** The controls of a page, with the least role that each one works for. */
interface RolePage {
  readonly heading: string;
  readonly buttons?: Readonly<Record<string, Role>>;
  readonly fields?: Readonly<Record<string, Role>>;
}

const pages = (clientId: string): Readonly<Record<string, RolePage>> => ({
  '/overview': { heading: 'People who joined' },
  '/users': { heading: 'Users', buttons: { 'Create user': 'operator' } },
  '/users/mara': {
    heading: 'mara',
    buttons: { 'Set a password': 'operator', Delete: 'operator', 'Remove from admin': 'operator' },
    fields: { 'Given name': 'operator' },
  },
  '/groups': { heading: 'Groups', buttons: { 'Create group': 'owner' } },
  '/groups/admin': {
    heading: 'admin',
    buttons: { Add: 'operator', 'Remove mara': 'operator', 'Delete group': 'owner' },
    fields: { Description: 'owner', Precedence: 'owner' },
  },
  '/clients': { heading: 'App clients', buttons: { 'Create app client': 'owner' } },
  [`/clients/${clientId}`]: {
    heading: 'application',
    buttons: { 'Delete app client': 'owner' },
    fields: { Name: 'owner', 'Time for one step of a sign-in, in minutes': 'owner' },
  },
  '/resource-servers': {
    heading: 'Resource servers',
    buttons: { 'Create resource server': 'owner' },
  },
  '/messages': {
    heading: 'Messages',
    buttons: { 'Send the mail': 'operator' },
    fields: { Subject: 'owner', 'Mail (HTML)': 'owner' },
  },
  '/settings': {
    heading: 'Settings',
    buttons: { 'Add an attribute': 'owner', 'Delete this pool': 'owner' },
    fields: { 'Minimum length': 'owner' },
  },
});

consoleJourneys('roles in the console', {
  'a viewer looks at everything and changes nothing': (fixture) => asRole(fixture, 'viewer'),
  'an operator runs users and their groups': (fixture) => asRole(fixture, 'operator'),
  'an owner may do everything': (fixture) => asRole(fixture, 'owner'),
});

async function asRole(fixture: ConsoleFixture, role: Role): Promise<void> {
  await fixture.user('mara', ['admin']).catch((error: Error) => {
    if (error.name !== 'UsernameExistsException') throw error;
  });
  const page = await (await fixture.as(role)).newPage();
  for (const [path, { heading, buttons = {}, fields = {} }] of Object.entries(
    pages(fixture.clientId),
  )) {
    // By its address, not by a link that leads there.
    await page.goto(fixture.pool(path));
    await seesHeading(page, heading);
    const where = `${role} at ${path}`;
    for (const [name, least] of Object.entries(buttons)) {
      const button = page.getByRole('main').getByRole('button', { name, exact: true }).first();
      await button.waitFor();
      if (isAllowed(role, least)) await assertActs(button, `${name}, ${where}`);
      else await assertDoesNothing(page, button, `${name}, ${where}`);
    }
    for (const [label, least] of Object.entries(fields)) {
      const field = page.getByLabel(label, { exact: true });
      assert.equal(await field.isEditable(), isAllowed(role, least), `${label}, ${where}`);
      if (!isAllowed(role, least)) await sees(page, REASON);
    }
  }
  await readsTheAudit(page, fixture, role);
  await makesPools(page, role);
  await asksTheServer(page, fixture, role);
}

function isAllowed(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

async function assertActs(button: Locator, what: string): Promise<void> {
  assert.notEqual(await button.getAttribute('aria-disabled'), 'true', what);
}

/** A button that is there, can be reached, and says why it does nothing; or a disabled one with the reason beside it. */
async function assertDoesNothing(page: Page, button: Locator, what: string): Promise<void> {
  if (await button.isDisabled().then(async (is) => is && !(await button.getAttribute('title')))) {
    await sees(page, REASON);
    return;
  }
  assert.equal(await button.getAttribute('aria-disabled'), 'true', what);
  assert.match((await button.getAttribute('aria-description')) ?? '', REASON, what);
  await button.focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('dialog').count(), 0, what);
}

async function readsTheAudit(page: Page, fixture: ConsoleFixture, role: Role): Promise<void> {
  await page.goto(fixture.pool('/audit'));
  await seesHeading(page, 'Audit');
  if (role === 'viewer') await sees(page, 'Only operators and owners may read the audit.');
  else await sees(page, 'Chain intact');
}

async function makesPools(page: Page, role: Role): Promise<void> {
  await page.goto('/console/');
  await page.getByRole('link', { name: 'tutorial', exact: true }).waitFor();
  const create = page.getByRole('main').getByRole('link', { name: 'Create user pool' });
  assert.equal(await create.count(), role === 'owner' ? 1 : 0);
  const inRail = page.getByRole('navigation').getByRole('link', { name: 'Create a user pool' });
  assert.equal(await inRail.count(), role === 'owner' ? 1 : 0);
  await page.goto('/console/new/review');
  await seesHeading(page, 'Ready to create');
  const button = page.getByRole('button', { name: 'Create user pool' });
  assert.equal(await button.isEnabled(), role === 'owner');
  if (role !== 'owner') await sees(page, 'Only owners create pools.');
}

/** What the page prevents, the server refuses. */
async function asksTheServer(page: Page, fixture: ConsoleFixture, role: Role): Promise<void> {
  const GroupName = `made-by-${role}`;
  const status = await page.evaluate(
    async (input) => {
      const session = await fetch('/console/api/session');
      const { csrfToken } = (await session.json()) as { csrfToken: string };
      const response = await fetch('/console/api/operations/CreateGroup', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Poolhouse-Csrf': csrfToken },
        body: JSON.stringify({ region: 'ph-local-1', input }),
      });
      return response.status;
    },
    { UserPoolId: fixture.poolId, GroupName },
  );
  assert.equal(status, role === 'owner' ? 200 : 403);
  const { Groups = [] } = await fixture.aws.listGroups({ UserPoolId: fixture.poolId });
  assert.equal(
    Groups.some((group) => group.GroupName === GroupName),
    role === 'owner',
  );
}
