/**
 * The console without a mouse, on a desktop and on a phone: whatever is done, the focus is somewhere that is seen. Each state on the
 * way is looked at in light and dark: axe, edges of controls, sizes of targets.
 */
import assert from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { axeProblems } from './browser.ts';
import {
  ADMINISTRATOR_PASSWORD,
  consoleJourneys,
  seesSaved,
  type ConsoleFixture,
} from './console-fixture.ts';
import { choose, hasFocus, hit, seesFocus, tabTo, typeInto } from './keyboard.ts';
import { faintEdges, smallTargets } from './measure.ts';
import { SIZES } from './profiles.ts';
import { sees, seesHeading } from './journey.ts';

type SizeName = keyof typeof SIZES;
/** Looks at a page as it is now. */
type Look = (state: string) => Promise<void>;
type Journey = (fixture: ConsoleFixture, page: Page, look: Look, size: SizeName) => Promise<void>;

consoleJourneys('the console by keyboard alone', {
  'an owner signs in, invites, changes a role, and removes': inEachSize(administrators),
  'everybody changes the own password and ends the own sessions': inEachSize(ownAccount),
  'a pool is made from its name to the page that says it is ready': inEachSize(wholeWizard),
  'settings are saved and discarded, tags and attributes added': inEachSize(settings),
});

function inEachSize(journey: Journey): (fixture: ConsoleFixture) => Promise<void> {
  return async (fixture) => {
    const found: string[] = [];
    for (const size of Object.keys(SIZES) as SizeName[]) {
      const page = await fixture.page(SIZES[size] satisfies BrowserContextOptions);
      await journey(
        fixture,
        page,
        async (state) => {
          const faults = await faultsOf(page);
          found.push(...faults.map((fault) => `${state}, ${size}, ${fault}`));
        },
        size,
      );
      await page.context().close();
    }
    assert.deepEqual(found, []);
  };
}

async function faultsOf(page: Page): Promise<readonly string[]> {
  const found = [...(await smallTargets(page))];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const faults = [...(await axeProblems(page)), ...(await faintEdges(page))];
    found.push(...faults.map((fault) => `${colorScheme}: ${fault}`));
  }
  return found;
}

async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/console/');
  await typeInto(page, page.getByLabel('User name or email'), username);
  await typeInto(page, page.getByLabel('Password', { exact: true }), password);
  await page.keyboard.press('Enter');
  await seesHeading(page, 'User pools');
  await seesFocus(page, 'signing in');
}

/** Follows a link of the rail, which is in a drawer on a phone. */
async function goTo(page: Page, size: SizeName, name: string): Promise<void> {
  if (size === 'phone') await hit(page, page.getByRole('button', { name: 'Menu' }));
  const link = page.getByRole('link', { name, exact: true }).filter({ visible: true }).first();
  await hit(page, link);
  await seesHeading(page, name);
  await seesFocus(page, `going to ${name}`);
}

const dialogOf = (page: Page, name?: string) => page.getByRole('dialog', { name });
const button = (page: Page, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true });

async function administrators(
  _: ConsoleFixture,
  page: Page,
  look: Look,
  size: SizeName,
): Promise<void> {
  const username = `kim-${size}`;
  await signIn(page, 'owner', ADMINISTRATOR_PASSWORD);
  await goTo(page, size, 'Administrators');
  await hit(page, button(page, 'Invite somebody'));
  const invite = dialogOf(page, 'Invite somebody');
  await typeInto(page, invite.getByLabel('User name', { exact: true }), username);
  const role = (name: string) => invite.getByRole('radio', { name: new RegExp(`^${name}`) });
  await choose(page, role('Viewer'), role('Operator'));
  await look('invite');
  await hit(page, invite.getByRole('button', { name: 'Make the link' }));
  const link = dialogOf(page, `The link for ${username}`);
  await link.waitFor();
  await seesFocus(page, 'making a link');
  await look('link');
  await hit(page, link.getByRole('button', { name: 'Close' }));
  await link.waitFor({ state: 'detached' });
  await hasFocus(page, button(page, 'Invite somebody'), 'closing the link');

  const more = page.getByRole('button', { name: `What to do with ${username}` });
  await hit(page, more);
  await seesFocus(page, 'opening the menu');
  await look('menu');
  await hit(page, button(page, 'Change the role'));
  const roles = dialogOf(page, `The role of ${username}`);
  const other = (name: string) => roles.getByRole('radio', { name: new RegExp(`^${name}`) });
  await choose(page, other('Operator'), other('Owner'));
  await look('role');
  await hit(page, roles.getByRole('button', { name: 'Change the role' }));
  await sees(page, `${username} is now owner.`);
  await hasFocus(page, more, 'changing the role');

  await hit(page, more);
  await hit(page, button(page, 'Remove'));
  await look('remove');
  await hit(page, dialogOf(page).getByRole('button', { name: 'Remove' }));
  await more.waitFor({ state: 'detached' });
  await seesFocus(page, 'removing an administrator');
}

/** The password of the viewer so far: each size changes it. */
const passwords = [ADMINISTRATOR_PASSWORD, 'four other words here', 'and four words more'];

async function ownAccount(
  fixture: ConsoleFixture,
  page: Page,
  look: Look,
  size: SizeName,
): Promise<void> {
  await fixture.as('viewer');
  const [before = '', after = ''] = passwords;
  passwords.shift();
  await signIn(page, 'viewer', before);
  if (size === 'phone') await hit(page, page.getByRole('button', { name: 'Menu' }));
  await hit(page, page.getByRole('button', { name: /^viewer/ }).filter({ visible: true }));
  await hit(page, page.getByRole('link', { name: 'Your account' }));
  await seesHeading(page, 'Your account');
  await seesFocus(page, 'opening the account');
  const [current, next] = ['Current password', 'New password'].map((label) =>
    page.getByLabel(label, { exact: true }),
  );
  assert(current && next);
  await hit(page, button(page, 'Change the password'));
  await hasFocus(page, current, 'saving without a password');
  await look('account, nothing entered');
  await typeInto(page, current, 'not this one at all');
  await typeInto(page, next, after);
  await page.keyboard.press('Enter');
  await sees(page, 'This is not your password.');
  await hasFocus(page, current, 'a wrong password');
  await typeInto(page, current, before);
  await hit(page, button(page, 'Change the password'));
  await sees(page, 'Your password is changed.');
  await seesFocus(page, 'changing the password');

  const end = button(page, 'End all my sessions');
  await hit(page, end);
  await look('account, ending sessions');
  await page.keyboard.press('Escape');
  await hasFocus(page, end, 'not ending the sessions');
  await hit(page, end);
  await hit(page, dialogOf(page).getByRole('button', { name: 'End all my sessions' }));
  await seesHeading(page, 'Sign in to the console');
  await seesFocus(page, 'ending the sessions');
}

async function wholeWizard(
  _: ConsoleFixture,
  page: Page,
  look: Look,
  size: SizeName,
): Promise<void> {
  const name = `keys-${size}`;
  const field = (label: string) => page.getByLabel(label, { exact: true });
  const option = (words: string) =>
    page.locator('label.opt', { hasText: words }).locator('input').first();
  const goOn = async (heading: string) => {
    await hit(page, button(page, 'Continue'));
    await seesHeading(page, heading);
    await seesFocus(page, heading);
  };
  await signIn(page, 'owner', ADMINISTRATOR_PASSWORD);
  await hit(page, page.getByRole('main').getByRole('link', { name: 'Create user pool' }));
  await seesHeading(page, 'What is the pool for?');
  await hit(page, button(page, 'Step through settings'));
  await hasFocus(page, field('Pool name'), 'going on without a name');
  await typeInto(page, field('Pool name'), name);
  await hit(page, button(page, 'Step through settings'));
  await seesHeading(page, 'How do people sign in?');

  await hit(page, option('Preferred user name'), 'Space');
  const more = page.getByRole('button', { name: /^Show all/ });
  await hit(page, more);
  await more.waitFor({ state: 'detached' });
  await seesFocus(page, 'showing all attributes');
  await hit(page, button(page, 'Add an attribute'));
  await page.locator('.name input:focus').waitFor();
  await page.keyboard.type('plan');
  await look('an attribute of its own');
  await hit(page, page.getByRole('button', { name: 'Remove plan' }));
  await seesFocus(page, 'removing an attribute');
  await goOn('What makes a good password here?');
  await goOn('How do people prove who they are?');
  await choose(page, option('Off'), option('Optional'));
  await hit(page, option('Authenticator application'), 'Space');
  await sees(page, 'Choose at least one, or turn the second factor off.');
  await look('no second factor chosen');
  await hit(page, option('Authenticator application'), 'Space');
  const example = button(page, 'Fill in an example');
  await hit(page, example);
  await example.waitFor({ state: 'detached' });
  await seesFocus(page, 'filling in an example');
  await goOn('What do the messages say?');
  await choose(page, option('A code'), option('A link'));
  await goOn('Labels for your own bookkeeping');
  await hit(page, button(page, 'Add a tag'));
  await hasFocus(page, field('Name'), 'adding a tag');
  await page.keyboard.type('stage');
  await hit(page, page.getByRole('button', { name: 'Remove stage' }));
  await seesFocus(page, 'removing a tag');
  await goOn('Which application may sign people in?');
  await typeInto(page, field('Return URL'), 'http://shop.example.com');
  await hit(page, button(page, 'Continue'));
  await hasFocus(page, field('Return URL'), 'a return URL over http');
  await look('a return URL over http');
  await typeInto(page, field('Return URL'), 'https://shop.example.com');
  await goOn('Ready to create');
  await sees(page, 'https://shop.example.com');
  await hit(page, page.getByRole('link', { name: 'Change App client' }));
  await seesHeading(page, 'Which application may sign people in?');
  await hit(page, button(page, 'Back to review').first());
  await seesHeading(page, 'Ready to create');
  await hit(page, button(page, 'Create user pool'));
  await seesHeading(page, `${name} is ready`);
  await seesFocus(page, 'creating the pool');
  await look('ready');
  await hit(page, button(page, 'Starter'));
  await sees(page, 'npm start -- --pool');
  await tabTo(page, button(page, 'Copy for Starter'));
  await hit(page, page.getByRole('link', { name: 'Open the pool' }));
  await seesHeading(page, 'People who joined');
  await seesFocus(page, 'opening the pool');
}

async function settings(
  fixture: ConsoleFixture,
  page: Page,
  look: Look,
  size: SizeName,
): Promise<void> {
  await signIn(page, 'owner', ADMINISTRATOR_PASSWORD);
  await page.goto(fixture.pool('/settings'));
  await seesHeading(page, 'Settings');
  const length = page.getByLabel('Minimum length');
  await typeInto(page, length, size === 'phone' ? '17' : '18');
  await look('settings, not saved');
  const save = button(page, 'Save changes');
  await hit(page, save);
  await seesSaved(page);
  await save.waitFor({ state: 'detached' });
  await seesFocus(page, 'saving');
  await typeInto(page, length, '5');
  await hit(page, save);
  await hasFocus(page, length, 'a length that is refused');
  await look('settings, refused');
  await hit(page, button(page, 'Discard'));
  await save.waitFor({ state: 'detached' });
  await seesFocus(page, 'discarding');
  await hit(page, button(page, 'Add a tag'));
  await page.locator('.tag input:focus').waitFor();
  await page.keyboard.type('stage');
  await hit(page, page.getByRole('button', { name: 'Remove the tag stage' }));
  await seesFocus(page, 'removing a tag');

  const add = button(page, 'Add an attribute');
  await hit(page, add);
  const dialog = dialogOf(page, 'Add an attribute');
  await typeInto(page, dialog.getByLabel('Name', { exact: true }), `plan_${size}`);
  await look('adding an attribute');
  await page.keyboard.press('Escape');
  await hasFocus(page, add, 'not adding an attribute');
  await hit(page, add);
  await typeInto(page, dialog.getByLabel('Name', { exact: true }), `plan_${size}`);
  await hit(page, dialog.getByRole('button', { name: 'Add permanently' }));
  await sees(page, `custom:plan_${size} is added.`);
  await hasFocus(page, add, 'adding an attribute');
}
