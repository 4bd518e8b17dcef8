/**
 * The tutorial in the console, as docs/tutorial describes it: from the link that the first start prints to an administrator in the starter.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildConsole } from '../../scripts/build-console.mjs';
import { buildStarter } from '../../scripts/build-starter.mjs';
import { freePort, startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { setUpLink } from './console-fixture.ts';
import { openProfiles, suiteOfJourneys, type Profiles } from './profiles.ts';
import { startApplication } from './starter-under-test.ts';
import {
  MARA,
  THE_FRONT_END,
  OTTO,
  STARTER,
  THE_GROUP,
  THE_INVITATION,
  THE_POOL,
  type Action,
  type TutorialPage,
} from './tutorial-steps.ts';
import { NAME, sees, seesHeading } from './journey.ts';

const DOCS = resolve(import.meta.dirname, '../../docs/tutorial');

interface Fixture extends Profiles {
  readonly server: ServerUnderTest;
}

const journeys = suiteOfJourneys<Fixture>(async () => {
  const [server] = await Promise.all([startServer(), buildConsole(), buildStarter()]);
  try {
    const profiles = await openProfiles(server.publicUrl);
    const close = async () => {
      await profiles.close();
      await server.remove();
    };
    return { ...profiles, server, close };
  } catch (error) {
    await server.remove();
    throw error;
  }
});

journeys('the tutorial in the console', {
  'from the printed link to a user of the new pool who runs it': tutorial,
});

async function tutorial(fixture: Fixture): Promise<void> {
  const { server } = fixture;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const console = await fixture.page();
  await console.goto((await setUpLink(server)).href);
  await follow(console, THE_POOL, url);
  const configFile = await pastedConfiguration(console, server);
  await setUpIsOver(fixture);

  const application = await startApplication(server, { configFile, port });
  try {
    const starter = await fixture.page();
    await starter.goto(url);
    await follow(starter, THE_FRONT_END);
    await confirmsByTheLink(starter, server, url);
    await console.getByRole('link', { name: 'Open the pool' }).click();
    await seesHeading(console, 'People who joined');
    await console.getByRole('link', { name: 'Groups', exact: true }).click();
    await follow(console, THE_GROUP);
    await sees(console, `${MARA.username} is added.`);
    await runsTheUsers(starter, url);
    await follow(starter, THE_INVITATION);
    await isInvited(starter, server);
  } finally {
    await application.end();
  }
}

/** Does what the tutorial says, page by page; the starter is where this journey has started it. */
async function follow(
  page: Page,
  pages: readonly TutorialPage[],
  starter = STARTER,
): Promise<void> {
  for (const { heading, actions } of pages) {
    await seesHeading(page, heading);
    const dialog = page.getByRole('dialog');
    const place = (await dialog.count()) > 0 ? dialog : page.getByRole('main');
    for (const action of actions) {
      if ('fill' in action) {
        const value = action.value === STARTER ? starter : action.value;
        await place.getByLabel(action.fill, { exact: true }).fill(value);
      } else if ('choose' in action) {
        // The text beside a choice is part of its name.
        const choice = place.locator('label.opt', { hasText: action.choose }).locator('input');
        await choice.first().check();
      } else {
        const named = { name: action.press, exact: true };
        await place.getByRole('button', named).or(place.getByRole('link', named)).first().click();
      }
    }
  }
}

/** Enters the ids that the console shows into a configuration file of the starter. */
async function pastedConfiguration(page: Page, server: ServerUnderTest): Promise<string> {
  const shown = await page.locator('pre.code-block').innerText();
  const [, userPoolId] = /userPoolId: '(ph-local-1_\w{9})'/.exec(shown) ?? [];
  const [, clientId] = /clientId: '([a-z0-9]{26})'/.exec(shown) ?? [];
  assert(userPoolId && clientId, shown);
  assert(shown.includes(`endpoint: '${server.publicUrl}'`), shown);
  const { UserPool } = await server
    .client({ region: 'ph-local-1' })
    .describeUserPool({ UserPoolId: userPoolId });
  assert.deepEqual(UserPool?.AliasAttributes, ['email', 'preferred_username']);
  assert.equal(UserPool?.VerificationMessageTemplate?.DefaultEmailOption, 'CONFIRM_WITH_LINK');
  assert.match(UserPool?.SmsConfiguration?.SnsCallerArn ?? '', /role\/service-role\/tutorial-sms$/);
  await page.getByRole('button', { name: 'Starter', exact: true }).click();
  const config = await page.locator('pre.code-block', { hasText: '"userPoolId"' }).innerText();
  assert.deepEqual(JSON.parse(config), {
    region: 'ph-local-1',
    userPoolId,
    clientId,
    endpoint: server.publicUrl,
  });
  await sees(page, `npm start -- --pool ${userPoolId} --client ${clientId}`);
  const file = join(server.dataFolder, 'poolhouse.config.json');
  writeFileSync(file, config);
  return file;
}

/** The link worked once. */
async function setUpIsOver(fixture: Fixture): Promise<void> {
  const page = await fixture.page();
  await page.goto((await setUpLink(fixture.server)).href);
  await seesHeading(page, 'Make the first account');
  assert(!page.url().includes('token='), 'the token stays in the address');
  const { username, email, password } = MARA;
  for (const [label, value] of [
    ['User name', username],
    ['Email', email],
    ['Password', password],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByRole('button', { name: 'Create account and sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.context().close();
}

async function confirmsByTheLink(page: Page, server: ServerUnderTest, url: string): Promise<void> {
  const [mail] = await server.messages(MARA.email);
  assert(mail?.link);
  const [inbox] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'open the inbox' }).click(),
  ]);
  await inbox.getByRole('button', { name: /mara@example\.com/ }).click();
  const [confirmation] = await Promise.all([
    inbox.waitForEvent('popup'),
    inbox.getByRole('link', { name: 'Open link' }).click(),
  ]);
  await confirmation.getByRole('button', { name: 'Confirm my account' }).click();
  await seesHeading(confirmation, 'Your account is confirmed');
  // The waiting page notices by itself.
  await page.waitForURL('**/profile');
  await seesHeading(page, MARA.username);
  // The page that confirmed leads back to the application.
  await confirmation.getByRole('link', { name: 'Go to tutorial-web' }).click();
  await confirmation.waitForURL(`${url}/`);
  await seesHeading(confirmation, /^Welcome/);
}

/** By her email this time, an alias of the new pool. The group is in the new tokens. */
async function runsTheUsers(page: Page, url: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await seesHeading(page, 'Sign in');
  await page.getByLabel(NAME, { exact: true }).fill(MARA.email);
  await page.getByLabel('Password', { exact: true }).fill(MARA.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/profile');
  await page.goto(`${url}/admin`);
  await seesHeading(page, 'Users');
  await page.getByRole('row', { name: /mara@example\.com/ }).waitFor();
}

/** The pool has created him and sent his temporary password, and the form is empty for the next user. */
async function isInvited(page: Page, server: ServerUnderTest): Promise<void> {
  await sees(page, `Added. The invitation was sent to ${OTTO.email}.`);
  const row = page.getByRole('row', { name: new RegExp(OTTO.email) });
  await row.getByText('Temp password', { exact: true }).waitFor();
  const groups = page.getByLabel('Group', { exact: true }).locator('option');
  assert.deepEqual(await groups.allInnerTexts(), ['None', 'admin']);
  assert.equal(await page.getByLabel('User name', { exact: true }).inputValue(), '');
  const mails = await server.messages(OTTO.email);
  assert.equal(mails.length, 1);
}

suite('docs/tutorial', () => {
  const parts = {
    '1-the-pool.md': THE_POOL,
    '2-the-front-end.md': THE_FRONT_END,
    '3-the-back-end.md': [...THE_GROUP, ...THE_INVITATION],
  };
  for (const [file, pages] of Object.entries(parts)) {
    test(`${file} says what the journey does, in the same order`, () => {
      const text = readFileSync(join(DOCS, file), 'utf8').replaceAll(/\s+/g, ' ');
      const told = [...text.matchAll(/\*\*([^*]+)\*\*(?::? `([^`]+)`)?/g)];
      const done = pages.flatMap(({ actions }) => actions.map(wordsOf));
      assert.deepEqual(
        told.map(([, label = '', value = '']) => [label, value]),
        done,
      );
      const headings = [...text.matchAll(/“([^”]+)”/g)].map(([, words]) => words);
      for (const { heading } of pages) assert(headings.includes(heading), `“${heading}”`);
    });
  }
});

function wordsOf(action: Action): readonly [string, string] {
  if ('fill' in action) return [action.fill, action.value];
  return ['choose' in action ? action.choose : action.press, ''];
}
