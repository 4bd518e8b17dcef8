/** The console for everybody: by keyboard alone, and without a finding of axe on any page, light and dark. */
import assert from 'node:assert/strict';
import { axeProblems } from './browser.ts';
import { ADMINISTRATOR_PASSWORD, consoleJourneys, type ConsoleFixture } from './console-fixture.ts';
import { CONSOLE_PAGES, SOMEBODY } from './console-pages.ts';
import { tabTo } from './keyboard.ts';
import { SIZES } from './profiles.ts';
import { seesHeading } from './journey.ts';

consoleJourneys('the console for everybody', {
  'signing in and a step of the wizard by keyboard': byKeyboard,
  'every page on a desktop, light and dark': (fixture) => everyPage(fixture, SIZES.desktop),
  'every page on a phone fits': phone,
});

async function byKeyboard(fixture: ConsoleFixture): Promise<void> {
  const page = await fixture.page();
  await page.goto('/console/');
  await tabTo(page, page.getByLabel('User name or email'));
  await page.keyboard.type('owner');
  await page.keyboard.press('Tab');
  await page.keyboard.type(ADMINISTRATOR_PASSWORD);
  await page.keyboard.press('Enter');
  await seesHeading(page, 'User pools');

  // The palette opens from anywhere; the focus returns to where it was.
  const search = page.getByRole('searchbox');
  await search.waitFor();
  await page.keyboard.press('/');
  assert(await search.evaluate((element) => element === element.ownerDocument.activeElement));
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert(await search.evaluate((element) => element === element.ownerDocument.activeElement));
  // What is in the pool, by name, and users by their addresses too.
  await fixture.user('bykeyboard');
  await page.goto(`/console/p/${fixture.poolId}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const [typed, heading] of [
    ['bykeyboard@', 'bykeyboard'],
    ['application', 'application'],
    ['admin', 'admin'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type(typed);
    const name = new RegExp(`^${heading}.*(User|Group|App client)$`);
    await page.getByRole('option', { name }).click();
    await seesHeading(page, heading);
  }
  await page.keyboard.press('Control+k');
  await page.keyboard.type('create a user pool');
  await page.keyboard.press('Enter');
  await seesHeading(page, 'What is the pool for?');

  await tabTo(page, page.getByLabel('Pool name'));
  await page.keyboard.type('by hand');
  await tabTo(page, page.getByRole('button', { name: 'Step through settings' }));
  await page.keyboard.press('Enter');
  await seesHeading(page, 'How do people sign in?');
  const first = page.locator('label.opt', { hasText: 'With a user name' }).locator('input');
  await tabTo(page, first);
  await page.keyboard.press('ArrowDown');
  const second = page.locator('label.opt', { hasText: 'With an email address' }).locator('input');
  assert(await second.first().isChecked());
  await page.keyboard.press('ArrowUp');
  const alias = page.locator('label.opt', { hasText: 'Preferred user name' }).locator('input');
  await tabTo(page, alias);
  await page.keyboard.press('Space');
  assert(await alias.isChecked());
  await tabTo(page, page.getByRole('button', { name: 'Continue' }));
  await page.keyboard.press('Enter');
  await seesHeading(page, 'What makes a good password here?');
}

async function everyPage(
  fixture: ConsoleFixture,
  size: (typeof SIZES)[keyof typeof SIZES],
): Promise<void> {
  await fixture.user(SOMEBODY, ['admin']);
  const page = await (await fixture.as('owner', size)).newPage();
  const stranger = await fixture.page(size);
  const found: string[] = [];
  for (const { name, heading, path, isPublic } of CONSOLE_PAGES) {
    const place = isPublic ? stranger : page;
    await place.goto(path(fixture));
    await seesHeading(place, heading);
    for (const colorScheme of ['light', 'dark'] as const) {
      await place.emulateMedia({ colorScheme });
      const problems = await axeProblems(place);
      found.push(...problems.map((problem) => `${name}, ${colorScheme}: ${problem}`));
    }
  }
  assert.deepEqual(found, []);
}

/** Nothing is wider than the screen, and what is pressed is large enough for a finger. */
async function phone(fixture: ConsoleFixture): Promise<void> {
  const page = await (await fixture.as('owner', SIZES.phone)).newPage();
  const wide: string[] = [];
  for (const { name, heading, path, isPublic } of CONSOLE_PAGES) {
    if (isPublic) continue;
    await page.goto(path(fixture));
    await seesHeading(page, heading);
    const { scrollWidth, clientWidth } = await page
      .locator('html')
      .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
    if (scrollWidth > clientWidth) wide.push(`${name}: ${scrollWidth} > ${clientWidth}`);
  }
  assert.deepEqual(wide, []);
  await page.goto(fixture.pool('/users'));
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Groups', exact: true }).click();
  await seesHeading(page, 'Groups');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
