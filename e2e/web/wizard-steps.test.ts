/** The steps of creating a user pool: reload, Back, Forward and a second tab at each of them. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { consoleJourneys, type ConsoleFixture } from './console-fixture.ts';
import { press, sees, seesHeading } from './journey.ts';

/** A step, what is changed there, and where the change shows. */
interface Step {
  readonly name: string;
  readonly heading: string;
  readonly change: (page: Page) => Promise<void>;
  readonly isChanged: (page: Page) => Promise<boolean>;
  readonly goOn: string;
}

const option = (page: Page, words: string) =>
  page.locator('label.opt', { hasText: words }).locator('input').first();
const has = async (page: Page, label: string, value: string) =>
  (await page.getByLabel(label, { exact: true }).inputValue()) === value;

const STEPS: readonly Step[] = [
  {
    name: 'name',
    heading: 'What is the pool for?',
    change: (page) => page.getByLabel('Pool name').fill('kept'),
    isChanged: (page) => has(page, 'Pool name', 'kept'),
    goOn: 'Step through settings',
  },
  {
    name: 'attributes',
    heading: 'How do people sign in?',
    change: (page) => option(page, 'Preferred user name').check(),
    isChanged: (page) => option(page, 'Preferred user name').isChecked(),
    goOn: 'Continue',
  },
  {
    name: 'policies',
    heading: 'What makes a good password here?',
    change: (page) => page.getByLabel('Minimum length').fill('21'),
    isChanged: (page) => has(page, 'Minimum length', '21'),
    goOn: 'Continue',
  },
  {
    name: 'mfa',
    heading: 'How do people prove who they are?',
    change: (page) => option(page, 'Optional').check(),
    isChanged: async (page) =>
      (await option(page, 'Optional').isChecked()) &&
      (await option(page, 'Authenticator application').isChecked()),
    goOn: 'Continue',
  },
  {
    name: 'messages',
    heading: 'What do the messages say?',
    async change(page) {
      await option(page, 'A link').check();
      await page.frameLocator('iframe').getByRole('link', { name: 'Verify Email' }).waitFor();
    },
    // Unchanged texts need no way back to them.
    isChanged: async (page) =>
      (await option(page, 'A link').isChecked()) &&
      (await page.getByRole('button', { name: 'Restore the default texts' }).count()) === 0,
    goOn: 'Continue',
  },
  {
    name: 'tags',
    heading: 'Labels for your own bookkeeping',
    async change(page) {
      await press(page, 'Add a tag');
      await page.getByLabel('Name', { exact: true }).fill('stage');
    },
    isChanged: async (page) =>
      (await page.getByLabel('Name', { exact: true }).count()) === 1 && has(page, 'Name', 'stage'),
    goOn: 'Continue',
  },
  {
    name: 'client',
    heading: 'Which application may sign people in?',
    change: (page) => page.getByLabel('Return URL').fill('https://shop.example.com'),
    isChanged: (page) => has(page, 'Return URL', 'https://shop.example.com'),
    goOn: 'Continue',
  },
];

consoleJourneys('the steps of making a user pool', {
  'survive reload, Back and Forward, and are of one tab': eachStep,
});

async function eachStep(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner')).newPage();
  await page.goto('/console/');
  await page.getByRole('main').getByRole('link', { name: 'Create user pool' }).click();
  let before = 'User pools';
  for (const { name, heading, change, isChanged, goOn } of STEPS) {
    await seesHeading(page, heading);
    await change(page);
    await page.reload();
    await seesHeading(page, heading);
    assert(await isChanged(page), `${name} after a reload`);
    await page.goBack();
    await seesHeading(page, before);
    await page.goForward();
    await seesHeading(page, heading);
    assert(await isChanged(page), `${name} after Back and Forward`);
    const tab = await page.context().newPage();
    await tab.goto(`/console/new/${name}`);
    await seesHeading(tab, heading);
    assert(!(await isChanged(tab)), `${name} in a second tab`);
    await tab.close();
    await page.reload();
    await seesHeading(page, heading);
    assert(await isChanged(page), `${name} after a second tab`);
    await press(page, goOn);
    before = heading;
  }

  await seesHeading(page, 'Ready to create');
  await page.reload();
  for (const value of [
    'kept',
    'preferred user name',
    '21 characters',
    'optional: authenticator application',
    'stage',
  ]) {
    await sees(page, new RegExp(value));
  }
  await sees(page, 'https://shop.example.com');
  const tab = await page.context().newPage();
  await tab.goto('/console/new/review');
  await sees(tab, 'Give the pool a name.');
  await press(tab, 'Create user pool');
  await seesHeading(tab, 'What is the pool for?');
  await tab.close();

  await press(page, 'Create user pool');
  await seesHeading(page, 'kept is ready');
  const second = await page.context().newPage();
  await second.goto(page.url());
  await seesHeading(second, 'kept is ready');
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { UserPoolClients = [] } = await fixture.aws.listUserPoolClients({ UserPoolId: id });
  const { UserPoolClient } = await fixture.aws.describeUserPoolClient({
    UserPoolId: id,
    ClientId: UserPoolClients[0]?.ClientId,
  });
  assert.deepEqual(UserPoolClient?.CallbackURLs, ['https://shop.example.com']);
  assert.equal(UserPoolClient?.DefaultRedirectURI, 'https://shop.example.com');
}
