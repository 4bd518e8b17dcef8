/** Pages tell the truth: the review shows what was chosen, settings show it later, titles name the record, questions are our own. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { axeProblems } from './browser.ts';
import { consoleJourneys, seesSaved, type ConsoleFixture } from './console-fixture.ts';
import { sees, seesHeading } from './journey.ts';

const ROLE = 'arn:aws:iam::123456789012:role/sms';

consoleJourneys('pages of the console tell the truth', {
  'the review shows every choice about second factors and messages, and attributes as they are':
    reviewShows,
  'settings show the role that sends SMS, and change it': smsRole,
  'the page of a pool that was made has an address, which shows it again': welcome,
  'titles name the record': titles,
  'leaving with changes is asked in a dialog of our own': unsaved,
  'Back leaves the messages, however much was typed there': backFromMessages,
});

/** The value beside a label on the page. */
const beside = (page: Page, label: string) =>
  page.locator('.facts > div').filter({ hasText: label }).locator('dd').first();

async function reviewShows(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto('/console/new/attributes');
  const command = page.getByLabel('The same on the command line');
  assert.match(await command.innerText(), /--pool-name my-pool/);
  await page.getByRole('button', { name: 'Add an attribute' }).click();
  await page.locator('input:focus').waitFor();
  assert.doesNotMatch(await command.innerText(), /"Name":""/);
  await page.keyboard.type('zip_code');
  await page.goto('/console/new/mfa');
  await page.locator('label.opt', { hasText: 'Required' }).locator('input').check();
  await page.getByLabel('Role that sends SMS').fill(ROLE);
  await page.getByLabel('External id').fill('shop');
  await command.filter({ hasText: '"ExternalId":"shop"' }).waitFor();
  await page.goto('/console/new/messages');
  await page.getByLabel('Replies to').fill('help@example.com');
  // The draft is kept once the page shows it.
  await command.filter({ hasText: 'help@example.com' }).waitFor();
  await page.goto('/console/new/review');
  await seesHeading(page, 'Ready to create');
  for (const [label, value] of [
    ['Custom', 'zip_code'],
    ['Second factor', 'required: authenticator application'],
    ['Use a new address only once it is verified', 'yes'],
    ['Replies to', 'help@example.com'],
    ['Role that sends SMS', ROLE],
    ['External id', 'shop'],
    ['Invitation by mail', 'the usual text'],
  ] as const) {
    assert.equal(await beside(page, label).innerText(), value, label);
  }
}

async function smsRole(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto(fixture.pool('/settings'));
  await page.getByLabel('Role that sends SMS').fill(ROLE);
  await page.getByLabel('External id').fill('shop');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await seesSaved(page);
  const { UserPool } = await fixture.aws.describeUserPool({ UserPoolId: fixture.poolId });
  const { SnsCallerArn, ExternalId } = UserPool?.SmsConfiguration ?? {};
  assert.deepEqual([SnsCallerArn, ExternalId], [ROLE, 'shop']);
  await page.reload();
  assert.equal(await page.getByLabel('External id').inputValue(), 'shop');
}

async function titles(fixture: ConsoleFixture): Promise<void> {
  await fixture.user('sofia', ['admin']);
  const page = await (await fixture.as('owner')).newPage();
  for (const [path, title] of [
    ['/users/sofia', 'sofia · Users · tutorial · Poolhouse'],
    ['/groups/admin', 'admin · Groups · tutorial · Poolhouse'],
    [`/clients/${fixture.clientId}`, 'application · App clients · tutorial · Poolhouse'],
    ['/users', 'Users · tutorial · Poolhouse'],
  ] as const) {
    await page.goto(fixture.pool(path));
    await page.locator(`xpath=//title[.="${title}"]`).waitFor({ state: 'attached' });
  }
}

async function unsaved(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto(fixture.pool('/settings'));
  await page.getByLabel('Minimum length').fill('21');
  const leave = () => page.getByRole('link', { name: 'Groups', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await leave();
  await dialog.waitFor();
  assert.deepEqual(await axeProblems(page), []);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Minimum length').inputValue(), '21');
  await leave();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await seesHeading(page, 'Groups');
  await page.goBack();
  await sees(page, 'Minimum length');
  assert.notEqual(await page.getByLabel('Minimum length').inputValue(), '21');
}

async function backFromMessages(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto(fixture.pool('/groups'));
  await page.getByRole('link', { name: 'Messages', exact: true }).click();
  for (const words of ['Open it', 'Open it soon']) {
    await page.getByLabel('Mail (HTML)').fill(`${words}: {##Confirm##}`);
    await page.frameLocator('iframe').getByText(`${words}: Confirm`).waitFor();
  }
  await page.goBack();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await seesHeading(page, 'Groups');
}

async function welcome(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto('/console/new/name');
  await page.getByLabel('Pool name').fill('kept');
  await page.getByRole('button', { name: 'Review defaults' }).click();
  await page.getByRole('link', { name: 'Change App client' }).click();
  await page.getByLabel('App client name').fill('web');
  await page.getByRole('radio', { name: /with a secret/ }).check();
  await page.getByRole('button', { name: 'Back to review' }).click();
  await page.getByRole('button', { name: 'Create user pool' }).click();
  await seesHeading(page, 'kept is ready');
  const address = page.url();
  const facts = await page.locator('.facts').innerText();
  assert.match(facts, /Client secret/);
  await page.reload();
  await seesHeading(page, 'kept is ready');
  assert.equal(page.url(), address);
  assert.equal(await page.locator('.facts').innerText(), facts);
  assert.deepEqual(await axeProblems(page), []);
  // Back leads to a new pool, not to the review of one that has been created.
  await page.goBack();
  await page.getByRole('button', { name: 'Continue' }).waitFor();
  assert.equal(await page.getByText('Something is missing').count(), 0);
  await page.goForward();
  await seesHeading(page, 'kept is ready');
  const viewer = await (await fixture.as('viewer')).newPage();
  await viewer.goto(address);
  await seesHeading(viewer, 'kept is ready');
  assert.doesNotMatch(await viewer.locator('.facts').innerText(), /Client secret/);
}
