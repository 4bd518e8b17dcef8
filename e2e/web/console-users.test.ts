/** The list of users: its order, what it says about each, and how it works on a phone. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { axeProblems } from './browser.ts';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { consoleJourneys, type ConsoleFixture } from './console-fixture.ts';
import { SIZES } from './profiles.ts';
import { seesHeading } from './journey.ts';

consoleJourneys('the list of users', {
  'the heads sort; the address keeps the order through paging, Back and reload': orders,
  'who has signed in when, and who the person is': lastSignIns,
  'where people sign in with addresses, nothing is said twice': addresses,
  'on the smallest phone names and states are there on one line': smallest,
  'on a phone what can be done with many is a menu that leaves the list its room': bulkOnPhone,
});

const LONG_NAME = 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff';

/** More than one page, the last of them the newest; by name the order differs. */
async function crowd({ aws, poolId: UserPoolId }: ConsoleFixture, prefix: string): Promise<void> {
  for (let number = 0; number < 30; number += 1) {
    const Username = `${prefix}-${String((number * 7) % 30).padStart(2, '0')}`;
    await aws.adminCreateUser({ UserPoolId, Username, MessageAction: 'SUPPRESS' });
  }
}

const firstTitle = (page: Page) => page.locator('tbody tr a').first();

/** Waits until this user is the first. */
function first(page: Page, name: string): Promise<void> {
  return page
    .locator('tbody tr:first-child a', { hasText: new RegExp(`^\\s*${name}\\s*$`) })
    .waitFor();
}

function sortedAs(page: Page, column: string, direction: string): Promise<void> {
  return page.locator(`th[aria-sort=${direction}]`, { hasText: column }).waitFor();
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const sortOf = (page: Page) => new URL(page.url()).searchParams.get('sort');

async function orders(fixture: ConsoleFixture): Promise<void> {
  await crowd(fixture, 'sorted');
  const page = await (await fixture.as('owner')).newPage();
  await page.goto(fixture.pool('/users'));
  await first(page, 'sorted-23');
  await sortedAs(page, 'Created', 'descending');
  assert.equal(await page.locator('th[aria-sort]').count(), 1);

  await press(page, 'User');
  await sortedAs(page, 'User', 'ascending');
  await first(page, 'sorted-00');
  assert.equal(sortOf(page), 'a-z');
  const head = page.getByRole('button', { name: 'User', exact: true });
  assert(await head.evaluate((button) => button === button.ownerDocument.activeElement));
  // By keyboard, from where the focus is.
  await page.keyboard.press('Enter');
  await sortedAs(page, 'User', 'descending');
  await first(page, 'sorted-29');
  await page.goBack();
  await sortedAs(page, 'User', 'ascending');
  await first(page, 'sorted-00');

  await press(page, 'Next');
  await page.getByText(/^26 to 30/).waitFor();
  await first(page, 'sorted-25');
  await page.reload();
  await first(page, 'sorted-25');
  assert.equal(sortOf(page), 'a-z');
  await firstTitle(page).click();
  await seesHeading(page, 'sorted-25');
  await page.goBack();
  await page.getByText(/^26 to 30/).waitFor();
  await first(page, 'sorted-25');
  // Another order starts at its first page.
  await press(page, 'Created');
  await page.waitForURL((url) => !url.search);
  await first(page, 'sorted-23');
  await press(page, 'Created');
  await sortedAs(page, 'Created', 'ascending');
  await first(page, 'sorted-00');
  await press(page, 'Next');
  await first(page, 'sorted-25');

  // Search results have an order of their own; users of one status cannot be ordered by name.
  await page.goto(fixture.pool('/users?sort=z-a'));
  await first(page, 'sorted-29');
  await page.getByRole('searchbox').fill('sorted-1');
  await first(page, 'sorted-10');
  assert.equal(await page.locator('th button').count(), 0);
  await page.getByRole('searchbox').fill('');
  await first(page, 'sorted-29');
  await page.getByLabel('Status').selectOption('FORCE_CHANGE_PASSWORD');
  await sortedAs(page, 'Created', 'descending');
  await first(page, 'sorted-23');
  assert.deepEqual(await page.locator('th button').allInnerTexts(), ['Created']);
}

async function lastSignIns(fixture: ConsoleFixture): Promise<void> {
  const { aws, poolId: UserPoolId, clientId: ClientId } = fixture;
  await fixture.user('lena');
  const UserAttributes = [
    { Name: 'given_name', Value: 'Lena' },
    { Name: 'family_name', Value: 'Brandt' },
  ];
  await aws.adminUpdateUserAttributes({ UserPoolId, Username: 'lena', UserAttributes });
  const page = await (await fixture.as('viewer')).newPage();
  await page.goto(fixture.pool('/users'));
  const row = page.getByRole('row', { name: /lena/ });
  await row.getByText('Lena Brandt', { exact: true }).waitFor();
  const last = row.getByRole('cell').last();
  assert.equal((await last.innerText()).trim(), 'never');
  const sub = (await row.getByRole('link').getAttribute('href'))?.split('/').at(-1) ?? '';
  assert(!(await row.innerText()).includes(sub.slice(0, 8)), 'an id says nothing here');

  const AuthParameters = { USERNAME: 'lena', PASSWORD };
  await aws.initiateAuth({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
  await page.reload();
  await last.locator('time').waitFor();
  assert.equal((await last.innerText()).trim(), 'just now');
  await page.getByRole('searchbox').fill(sub.slice(0, 8));
  await row.getByText(sub).waitFor();
  await last.locator('time').waitFor();
  await row.getByRole('link').click();
  await seesHeading(page, 'lena');
  await page.getByText('Lena Brandt', { exact: true }).waitFor();
  const fact = page.locator('.facts > div', { hasText: 'Last sign-in' });
  await fact.locator('time').waitFor();
}

async function addresses(fixture: ConsoleFixture): Promise<void> {
  const { aws } = fixture;
  const page = await (await fixture.as('owner')).newPage();
  for (const [kind, address] of [
    ['email', 'mara@example.com'],
    ['phone_number', '+4930123456'],
  ] as const) {
    const { UserPool } = await aws.createUserPool({ PoolName: kind, UsernameAttributes: [kind] });
    const UserPoolId = UserPool?.Id ?? '';
    const add = (Username: string, name: string) =>
      aws.adminCreateUser({
        UserPoolId,
        Username,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: kind, Value: Username },
          { Name: 'name', Value: name },
        ],
      });
    await add(address, 'ليلى الهاشمي');
    await add(address.replace(/\w$/, '0').replace('mara', 'Adam'), LONG_NAME);
    await page.goto(`/console/p/${UserPoolId}/users?sort=z-a`);
    await page.getByText('ليلى الهاشمي').waitFor();
    const heads = await page.locator('thead th').allInnerTexts();
    assert.deepEqual(
      heads.map((head) => head.trim()),
      ['', 'User', 'Status', 'Created', 'Last sign-in'],
    );
    assert.equal(await firstTitle(page).innerText(), address);
    const text = await page.locator('tbody tr').first().innerText();
    assert.equal(text.split(address).length, 2, text);
    assert.deepEqual(await axeProblems(page), []);
  }
}

async function smallest(fixture: ConsoleFixture): Promise<void> {
  const { aws, poolId: UserPoolId } = fixture;
  await fixture.user('reset-me');
  await aws.adminResetUserPassword({ UserPoolId, Username: 'reset-me' });
  const add = (Username: string, name: string) =>
    aws.adminCreateUser({
      UserPoolId,
      Username,
      MessageAction: 'SUPPRESS',
      UserAttributes: [{ Name: 'name', Value: name }],
    });
  await add('wolfeschlegelsteinhausenbergerdorff.hubert', LONG_NAME);
  await add('arabic', 'فاطمة الزهراء بنت محمد بن عبد الله الهاشمي القرشي');
  for (const width of [320, 390]) {
    const viewport = { width, height: 844 };
    const page = await (await fixture.as('owner', { ...SIZES.phone, viewport })).newPage();
    await page.goto(fixture.pool('/users'));
    await first(page, 'arabic');
    const rows = await page.locator('tbody tr').evaluateAll((all) =>
      all.map((row) => ({
        text: row.textContent,
        name: Number(row.querySelector('.who a')?.getBoundingClientRect().width),
        state: Number(row.querySelector('.chip')?.getBoundingClientRect().height),
        height: Number(row.getBoundingClientRect().height),
      })),
    );
    assert(rows.some(({ text }) => text?.includes('Reset required')));
    for (const { text, name, state, height } of rows) {
      assert(name >= 110, `${text}: ${name} px for the name at ${width}`);
      assert(state < 24 && height < 72, `${text}: ${state} and ${height} px high at ${width}`);
    }
    const fits = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
    assert(fits, `${width} px`);
    // There are no column headers here: the order is chosen above the list.
    await page.getByLabel('Order').selectOption('Z to A');
    await first(page, 'wolfeschlegelsteinhausenbergerdorff.hubert');
    assert.equal(sortOf(page), 'z-a');
    assert.deepEqual(await axeProblems(page), []);
  }
}

const LEAST_LEFT = 0.85;

async function bulkOnPhone(fixture: ConsoleFixture): Promise<void> {
  await crowd(fixture, 'chosen');
  const page = await (await fixture.as('owner', SIZES.phone)).newPage();
  await page.goto(fixture.pool('/users'));
  await first(page, 'chosen-23');
  await page.getByLabel('Choose chosen-23').check();
  await page.getByLabel('Choose chosen-16').check();
  const bar = page.getByRole('region', { name: '2 users chosen' });
  const box = await bar.boundingBox();
  const { height } = SIZES.phone.viewport;
  assert(box && box.height <= 80 && box.y / height > LEAST_LEFT, JSON.stringify(box));
  assert.deepEqual(await axeProblems(page), []);

  // At the end of the page, the links to other pages are above it.
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
  const next = await page.getByRole('button', { name: 'Next', exact: true }).boundingBox();
  const atEnd = await bar.boundingBox();
  assert(next && atEnd && next.y + next.height <= atEnd.y);

  // By keyboard: in, through, out, and back to where one was.
  const actions = bar.getByRole('button', { name: /^Actions/ });
  await actions.focus();
  await page.keyboard.press('Enter');
  const menu = page.locator('#bulk-menu');
  await menu.getByRole('button', { name: 'Add to group' }).waitFor();
  assert.deepEqual(await axeProblems(page), []);
  const { top, bottom } = await menu.evaluate((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return { top: Number(top), bottom: Number(bottom) };
  });
  assert(top >= 0 && bottom <= height);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  assert(await actions.evaluate((one) => one === one.ownerDocument.activeElement));

  await actions.click();
  await menu.getByRole('button', { name: 'Disable', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Disable', exact: true }).click();
  await page.getByText('2 users are disabled, and signed out everywhere.').waitFor();
  await bar.waitFor({ state: 'detached' });
  const { aws, poolId: UserPoolId } = fixture;
  for (const Username of ['chosen-23', 'chosen-16']) {
    assert.equal((await aws.adminGetUser({ UserPoolId, Username })).Enabled, false);
  }
}
