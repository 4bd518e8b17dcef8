/** What an owner does with a pool every day: users, groups, app clients, messages, settings; and the audit of it. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { consoleJourneys, seesSaved, type ConsoleFixture } from './console-fixture.ts';
import { sees, seesHeading } from './journey.ts';

consoleJourneys('running a pool in the console', {
  'people are invited, edited, disabled, enabled and deleted': people,
  'a group and its role reach a user': groups,
  'users and groups whose names are steps through folders have their pages': dotNames,
  'an app client is edited': clients,
  'settings change, and the audit tells what they were': settingsAndAudit,
  'what is typed last counts only where it was typed': typedLast,
  'messages are written, looked at and tried': messages,
});

/** The open dialog. */
function dialogOf(page: Page): Locator {
  return page.getByRole('dialog');
}

async function fillIn(place: Locator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await place.getByLabel(label, { exact: true }).fill(value);
  }
}

function pressIn(place: Page | Locator, name: string): Promise<void> {
  return place.getByRole('button', { name, exact: true }).click();
}

async function ownersPage(fixture: ConsoleFixture, path: string): Promise<Page> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto(fixture.pool(path));
  return page;
}

async function people(fixture: ConsoleFixture): Promise<void> {
  await fixture.user('anna');
  const page = await ownersPage(fixture, '/users');
  await page.getByRole('row', { name: /anna/ }).waitFor();
  await pressIn(page, 'Create user');
  await fillIn(dialogOf(page), { 'User name': 'tomas', Email: 'tomas@example.com' });
  await pressIn(dialogOf(page), 'Create user');
  await sees(page, 'tomas is created and invited.');
  assert.match(await fixture.server.code('tomas@example.com'), /\S{8}/);

  await page.goto(fixture.pool('/users'));
  const anna = page.getByRole('row', { name: /anna/ });
  // While a list is still loading, it has no row that could be removed.
  await anna.waitFor();
  await page.getByRole('searchbox').fill('tom');
  await anna.waitFor({ state: 'detached' });
  // A search can be shared.
  await page.waitForURL(/[?&]\w+=tom/);
  await page.getByRole('link', { name: 'tomas', exact: true }).click();
  await seesHeading(page, 'tomas');
  await sees(page, 'Temp password');

  await page.getByLabel('Name', { exact: true }).fill('Tomás Ruiz');
  await pressIn(page, 'Save changes');
  await seesSaved(page);
  const { UserAttributes } = await fixture.aws.adminGetUser({
    UserPoolId: fixture.poolId,
    Username: 'tomas',
  });
  assert(UserAttributes?.some(({ Name, Value }) => Name === 'name' && Value === 'Tomás Ruiz'));

  await act(page, 'Disable');
  await sees(page, 'Disabled. Every session has ended.');
  await page.getByText('Disabled', { exact: true }).waitFor();
  await act(page, 'Enable');
  await sees(page, 'Enabled.');
  await page.reload();
  await sees(page, 'Temp password');

  await page.locator('.danger-zone').getByRole('button', { name: 'Delete' }).click();
  const confirm = dialogOf(page).getByRole('button', { name: 'Delete' });
  assert(await confirm.isDisabled());
  await dialogOf(page).getByRole('textbox').fill('toma');
  assert(await confirm.isDisabled());
  await dialogOf(page).getByRole('textbox').fill('tomas');
  await confirm.click();
  await seesHeading(page, 'Users');
  await page.getByRole('row', { name: /anna/ }).waitFor();
  assert.equal(await page.getByRole('row', { name: /tomas/ }).count(), 0);
}

async function dotNames({ aws, poolId: UserPoolId, ...fixture }: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  for (const dots of ['.', '..']) {
    const user = { UserPoolId, Username: dots };
    const group = { UserPoolId, GroupName: dots };
    await aws.adminCreateUser({ ...user, MessageAction: 'SUPPRESS' });
    await aws.createGroup(group);
    await page.goto(fixture.pool('/groups'));
    await page.getByRole('link', { name: dots, exact: true }).click();
    await seesHeading(page, dots);
    await page.reload();
    await seesHeading(page, dots);
    await page.getByLabel('Add a member by user name').fill(dots);
    await pressIn(page, 'Add');
    await page.locator('table').getByRole('link', { name: dots, exact: true }).click();
    await sees(page, 'Temp password');
    await seesHeading(page, dots);
    await page.reload();
    await seesHeading(page, dots);
    await page.locator('li').getByRole('link', { name: dots, exact: true }).click();
    await page.getByLabel('Add a member by user name').waitFor();
    await seesHeading(page, dots);
    await page.goto(fixture.pool('/users'));
    await page.locator('table').getByRole('link', { name: dots, exact: true }).click();
    await seesHeading(page, dots);
    await act(page, 'Disable');
    await sees(page, 'Disabled. Every session has ended.');
    assert.equal((await aws.adminGetUser(user)).Enabled, false);
    await aws.adminDeleteUser(user);
    await aws.deleteGroup(group);
  }
}

/** Chooses an action for the shown user from the menu. Actions that can be undone need no confirmation. */
async function act(page: Page, verb: string): Promise<void> {
  await page.getByRole('button', { name: /^More/ }).click();
  await page.locator('#user-menu').getByRole('button', { name: verb, exact: true }).click();
}

async function groups(fixture: ConsoleFixture): Promise<void> {
  await fixture.user('berta', ['member']);
  const page = await ownersPage(fixture, '/groups');
  await pressIn(page, 'Create group');
  const role = 'arn:aws:iam::000000000000:role/support';
  await fillIn(dialogOf(page), { Name: 'support', Precedence: '5', 'Role (ARN)': role });
  await pressIn(dialogOf(page), 'Create group');
  await seesHeading(page, 'support');
  await page.getByLabel('Add a member by user name').fill('berta');
  await pressIn(page, 'Add');
  await sees(page, 'berta is added.');
  await page.getByRole('link', { name: 'berta', exact: true }).click();
  await seesHeading(page, 'berta');
  const effective = page.locator('.note').filter({ hasText: 'Effective roles' });
  await effective.getByText(role).waitFor();
  await sees(page, 'The preferred role comes from support');
  await pressIn(page, 'Remove from support');
  await sees(page, 'The preferred role comes from member');
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await sees(page, 'The preferred role comes from support');
}

async function clients(fixture: ConsoleFixture): Promise<void> {
  const page = await ownersPage(fixture, '/clients');
  await page.getByRole('link', { name: 'application', exact: true }).click();
  await seesHeading(page, 'application');
  await page.getByLabel('Access token', { exact: true }).fill('30');
  await page.getByLabel('Unit of access token').selectOption('minutes');
  await page.getByLabel('Do not reveal who has an account').setChecked(true);
  await pressIn(page, 'Save changes');
  await seesSaved(page);
  const { UserPoolClient } = await fixture.aws.describeUserPoolClient({
    UserPoolId: fixture.poolId,
    ClientId: fixture.clientId,
  });
  assert.equal(UserPoolClient?.AccessTokenValidity, 30);
  assert.equal(UserPoolClient?.TokenValidityUnits?.AccessToken, 'minutes');
  assert.equal(UserPoolClient?.PreventUserExistenceErrors, 'ENABLED');
  // What was not touched is unchanged.
  assert(UserPoolClient?.ExplicitAuthFlows?.includes('ALLOW_USER_PASSWORD_AUTH'));
  await page.getByText(fixture.clientId).first().waitFor();
}

async function settingsAndAudit(fixture: ConsoleFixture): Promise<void> {
  const page = await ownersPage(fixture, '/settings');
  await page.getByLabel('Minimum length').fill('5');
  await pressIn(page, 'Save changes');
  await sees(page, 'Enter a number from 6 to 99.');
  await page.getByLabel('Minimum length').fill('16');
  await page.getByLabel('Protect this pool from being deleted').setChecked(true);
  await pressIn(page, 'Save changes');
  await seesSaved(page);
  const { UserPool } = await fixture.aws.describeUserPool({ UserPoolId: fixture.poolId });
  assert.equal(UserPool?.Policies?.PasswordPolicy?.MinimumLength, 16);
  assert.equal(UserPool?.DeletionProtection, 'ACTIVE');
  assert.deepEqual(UserPool?.AutoVerifiedAttributes, ['email'], 'the rest stays');

  await page.getByRole('link', { name: 'Audit', exact: true }).click();
  await seesHeading(page, 'Audit');
  await sees(page, 'Chain intact');
  await page.getByLabel('Operation', { exact: true }).fill('UpdateUserPool');
  const line = page.getByRole('button', { name: /UpdateUserPool/ }).first();
  await line.click();
  await page.locator('td.was', { hasText: '8' }).first().waitFor();
  await page.locator('td.is', { hasText: '16' }).first().waitFor();
  assert.match(await line.innerText(), /owner\s+administrator/);
}

/** Types into a field and presses the next control immediately: faster than people, as a script does. */
function typeAndPress(page: Page, text: string, next: string): Promise<void> {
  return page.evaluate(`{
    const field = document.querySelector('[data-search]');
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector(${JSON.stringify(next)}).click();
  }`);
}

async function typedLast(fixture: ConsoleFixture): Promise<void> {
  const page = await ownersPage(fixture, '/users');
  for (const [from, heading] of [
    ['users', 'Users'],
    ['audit', 'Audit'],
  ] as const) {
    await page.goto(fixture.pool(`/${from}`));
    await seesHeading(page, heading);
    await page.locator('[data-search]').waitFor();
    await typeAndPress(page, 'nobody', 'nav a[href$="/groups"]');
    await seesHeading(page, 'Groups');
    // Longer than it waits for another letter.
    await page.waitForTimeout(500);
    assert.match(page.url(), /\/groups$/);
  }

  await page.goto(fixture.pool('/audit'));
  await page.locator('[data-search]').waitFor();
  await typeAndPress(page, 'nobody', '.filters [aria-pressed="false"]');
  await page.waitForURL(/everything=1/);
  assert.equal(new URL(page.url()).searchParams.get('actor'), 'nobody');
  await pressIn(page, 'Clear');
  await page.waitForURL((url) => !url.searchParams.has('actor'));
  assert.equal(await page.locator('[data-search]').inputValue(), '');
}

async function messages(fixture: ConsoleFixture): Promise<void> {
  const page = await ownersPage(fixture, '/messages');
  await pressIn(page, 'Invitation');
  await page.getByLabel('Subject', { exact: true }).fill('Welcome to the shop');
  const body = '<p>Dear {username}, begin with {####}.</p>';
  await page.getByLabel('Mail (HTML)').fill('<p>Dear {username}.</p>');
  await pressIn(page, 'Save changes');
  await sees(page, /Put \{####\} where the code or password goes/);
  await page.getByLabel('Mail (HTML)').fill(body);
  await page.frameLocator('iframe').getByText('Dear mara, begin with').waitFor();
  await pressIn(page, 'Save changes');
  await seesSaved(page);
  await page.getByLabel('To', { exact: true }).fill('me@example.com');
  await pressIn(page, 'Send the mail');
  await sees(page, 'A test is on its way to me@example.com.');
  const [mail] = await fixture.server.messages('me@example.com');
  assert.equal(mail?.subject, 'Welcome to the shop');
  assert.match(mail?.body ?? '', /<p>Dear mara, begin with /);
}
