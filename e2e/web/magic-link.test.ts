/** The link in a mail signs in where the sign-in began, in a new tab, and shows its code in any other browser. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { buildStarter } from '../../scripts/build-starter.mjs';
import { freePort, startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { fill, press, sees, seesHeading } from './journey.ts';
import { problemsOf } from './look-at.ts';
import { openProfiles, SIZES, suiteOfJourneys, type Profiles } from './profiles.ts';
import { startApplication } from './starter-under-test.ts';

interface Fixture extends Profiles {
  readonly server: ServerUnderTest;
  /** Creates a user with a verified address. */
  user(name: string): Promise<void>;
  /** The link in the last mail to a user. */
  link(name: string): Promise<string>;
}

const [poolId, clientId] = ['ph-local-1_Links1', '7links00000000000000000000'];

/** As docs/guides/magic-link.md declares it for the starter. */
const declared = (callback: string) => `
pools:
  - id: ${poolId}
    name: links
    settings:
      AliasAttributes: [email]
      AutoVerifiedAttributes: [email]
      Policies:
        SignInPolicy:
          AllowedFirstAuthFactors: [PASSWORD, EMAIL_OTP]
    signInLinks:
      enabled: true
    clients:
      - id: ${clientId}
        name: starter
        settings:
          ExplicitAuthFlows: [ALLOW_USER_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
          PreventUserExistenceErrors: ENABLED
          CallbackURLs: [${callback}]
`;

const journeys = suiteOfJourneys<Fixture>(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-links-'));
  const port = await freePort();
  const declaration = join(folder, 'poolhouse.yaml');
  await writeFile(declaration, declared(`http://localhost:${port}/sign-in`));
  const [server] = await Promise.all([
    startServer({ POOLHOUSE_DECLARATION: declaration, POOLHOUSE_PASSWORD_HASH: 'test' }),
    buildStarter(),
  ]);
  const configFile = join(folder, 'starter.json');
  const pool = { region: 'ph-local-1', userPoolId: poolId, clientId, endpoint: server.publicUrl };
  await writeFile(configFile, JSON.stringify({ ...pool, signInFlow: 'choice' }));
  const application = await startApplication(server, { configFile, port });
  const aws = server.client({ region: 'ph-local-1' });
  const profiles = await openProfiles(application.url);
  return {
    ...profiles,
    server,
    async user(name) {
      await aws.adminCreateUser({
        ...{ UserPoolId: poolId, Username: name, MessageAction: 'SUPPRESS' },
        UserAttributes: [
          { Name: 'email', Value: `${name}@example.com` },
          { Name: 'email_verified', Value: 'true' },
        ],
      });
      const Password = 'Correct-horse-7';
      await aws.adminSetUserPassword({
        UserPoolId: poolId,
        Username: name,
        Password,
        Permanent: true,
      });
    },
    async link(name) {
      const link = (await server.messages(`${name}@example.com`)).at(-1)?.link;
      assert.match(link ?? '', /\/sign-in#sign-in-code=\d{8}$/);
      return link ?? '';
    },
    async close() {
      await profiles.close();
      await application.end();
      await server.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
});

journeys('sign-in links', {
  'a new tab finishes the sign-in, and the first one notices': inNewTab,
  'the same tab finishes it': inSameTab,
  'another browser shows the code, on a desktop': elsewhere('desktop'),
  'another browser shows the code, on a phone': elsewhere('phone'),
  'a used or wrong link says what to do': wrong,
});

/** Asks for the mail, and waits for the page that waits for it. */
async function ask(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in');
  await fill(page, { 'User name or email': name });
  await press(page, 'Continue');
  await seesHeading(page, 'How do you want to sign in?');
  await page.getByRole('radio', { name: 'Code by email' }).check();
  await press(page, 'Continue');
  await sees(page, 'Open its link in this browser');
}

/** What the browser keeps of a sign-in that waits. */
function waiting(page: Page): Promise<string | null> {
  return page.evaluate(`localStorage.getItem('poolhouse.${clientId}.waiting')`);
}

function addresses(context: BrowserContext): string {
  return context
    .pages()
    .map((page) => page.url())
    .join(' ');
}

async function inNewTab(fixture: Fixture): Promise<void> {
  await fixture.user('lena');
  const context = await fixture.profile();
  const first = await context.newPage();
  await ask(first, 'lena');
  const problems = [...(await problemsOf(first, 'link-waits', 'desktop'))];
  assert.match((await waiting(first)) ?? '', /"username":"lena"/);
  const second = await context.newPage();
  await second.goto(await fixture.link('lena'));
  await second.waitForURL('**/profile');
  await seesHeading(second, 'lena');
  // The tab that began goes on by itself.
  await first.waitForURL('**/profile');
  assert.equal(await waiting(second), null);
  assert.doesNotMatch(addresses(context), /sign-in-code/);
  await second.goBack();
  assert.doesNotMatch(second.url(), /sign-in-code/);
  assert.deepEqual(problems, []);
}

async function inSameTab(fixture: Fixture): Promise<void> {
  await fixture.user('mila');
  const page = await fixture.page();
  await ask(page, 'mila');
  // The same address with a fragment: the browser loads nothing, and the router hears of it.
  await page.goto(await fixture.link('mila'));
  await page.waitForURL('**/profile');
  await page.goBack();
  await page.waitForURL('**/profile');
  assert.doesNotMatch(page.url(), /sign-in-code/);
}

function elsewhere(size: keyof typeof SIZES) {
  return async (fixture: Fixture): Promise<void> => {
    const name = `ivo-${size}`;
    await fixture.user(name);
    const here = await fixture.page();
    await ask(here, name);
    const link = await fixture.link(name);

    const context = await fixture.profile(SIZES[size]);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const phone = await context.newPage();
    await phone.goto(link);
    await seesHeading(phone, 'Type this code where you began');
    assert.doesNotMatch(phone.url(), /sign-in-code/);
    const problems = [...(await problemsOf(phone, 'link-elsewhere', size))];
    const shown = (await phone.locator('.ph-code').innerText()).trim();
    assert.equal(shown.replace(' ', ''), link.slice(-8));
    await press(phone, 'Copy the code');
    await sees(phone, 'Copied.');
    assert.equal(await phone.evaluate('navigator.clipboard.readText()'), link.slice(-8));
    problems.push(...(await problemsOf(phone, 'link-copied', size)));
    await phone.reload();
    await seesHeading(phone, 'Sign in');

    // Nothing was spent by showing it.
    await fill(here, { Code: shown });
    await press(here, 'Continue');
    await here.waitForURL('**/profile');
    assert.deepEqual(problems, []);
  };
}

async function wrong(fixture: Fixture): Promise<void> {
  await fixture.user('olga');
  const context = await fixture.profile();
  const first = await context.newPage();
  await ask(first, 'olga');
  const link = await fixture.link('olga');
  const other = String((Number(link.slice(-8)) + 1) % 100_000_000).padStart(8, '0');
  const second = await context.newPage();
  await second.goto(`${link.slice(0, -8)}${other}`);
  await seesHeading(second, 'Enter your code');
  await sees(second, 'This code is not correct.');
  const problems = [...(await problemsOf(second, 'link-wrong', 'desktop'))];
  await fill(second, { Code: link.slice(-8) });
  await press(second, 'Continue');
  await second.waitForURL('**/profile');
  await second.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await seesHeading(second, 'Sign in');
  await second.goto(link);
  await seesHeading(second, 'Type this code where you began');
  assert.deepEqual(problems, []);
}
