/**
 * The pages that the server renders: axe finds nothing in any theme and contrast, nothing is wider than the window, cards need few bytes in
 * few requests, and people can confirm without a script. With `POOLHOUSE_SCREENSHOTS=<folder>` each page is saved there as a picture.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { Page, Request } from 'playwright-core';
import { startServer, type ServerUnderTest } from '../clients/server-under-test.ts';
import { PASSWORD } from '../clients/tutorial-pool.ts';
import { axeProblems } from './browser.ts';
import { seesHeading } from './journey.ts';
import { faintEdges, smallTargets, tooWide } from './measure.ts';
import { openProfiles, SIZES, suiteOfJourneys, type Profiles } from './profiles.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const PICTURES = process.env['POOLHOUSE_SCREENSHOTS'];
/** As in poolhouse.yaml. */
const UserPoolId = 'ph-local-1_Poolhouse1';
/** Nearly as long as names may be, and without a place to break at. */
const LONG_NAME = 'x'.repeat(118);
const ADDRESS = 'https://shop.example.com/';
const LOOKS = [
  { name: 'light', colorScheme: 'light', contrast: 'no-preference' },
  { name: 'dark', colorScheme: 'dark', contrast: 'no-preference' },
  { name: 'light-contrast', colorScheme: 'light', contrast: 'more' },
  { name: 'dark-contrast', colorScheme: 'dark', contrast: 'more' },
] as const;
/** For the first page that people see when they sign in. Source: performance.md. */
const MOST_BYTES = 30_000;
const MOST_REQUESTS = 3;

interface Fixture extends Profiles {
  readonly server: ServerUnderTest;
  readonly aws: CognitoIdentityProvider;
  /** Signs a user up; returns the link in the mail. */
  linkOf(name: string): Promise<string>;
}

const journeys = suiteOfJourneys<Fixture>(async () => {
  const server = await startServer({
    POOLHOUSE_DECLARATION: join(REPOSITORY, 'poolhouse.yaml'),
    POOLHOUSE_PASSWORD_HASH: 'test',
  });
  const profiles = await openProfiles(server.publicUrl);
  const aws = server.client({ region: 'ph-local-1' });
  const { UserPoolClient: { ClientId } = {} } = await aws.createUserPoolClient({
    UserPoolId,
    ClientName: `The shop ${LONG_NAME}`,
    CallbackURLs: [ADDRESS],
    DefaultRedirectURI: ADDRESS,
  });
  return {
    ...profiles,
    server,
    aws,
    async linkOf(name) {
      const email = `${name.slice(0, 60)}@example.com`;
      const UserAttributes = [{ Name: 'email', Value: email }];
      await aws.signUp({ ClientId, Username: name, Password: PASSWORD, UserAttributes });
      const [mail] = await server.messages(email);
      assert(mail?.link);
      return mail.link;
    },
    async close() {
      await profiles.close();
      await server.remove();
    },
  };
});

journeys('the pages that the server renders', {
  'are for everybody, on a desktop, light, dark and with more contrast': onA('desktop'),
  'are for everybody, on a phone, light, dark and with more contrast': onA('phone'),
  'are few bytes in few requests, where they are cards': fewBytes,
  'confirm an account without a script, and say where messages are': withoutScript,
});

function onA(size: keyof typeof SIZES) {
  return async (fixture: Fixture): Promise<void> => {
    const page = await fixture.page(SIZES[size]);
    const found: string[] = [];
    const look = async (name: string) => {
      for (const { name: theme, ...media } of LOOKS) {
        await page.emulateMedia(media);
        const problems = [
          ...(await axeProblems(page)),
          ...(await tooWide(page)),
          ...(await faintEdges(page)),
          ...(await smallTargets(page)),
        ];
        found.push(...problems.map((problem) => `${name}, ${theme}: ${problem}`));
        if (PICTURES !== undefined) await keep(page, `${name}-${size}-${theme}`, PICTURES);
      }
    };
    await page.goto('/inbox');
    if (size === 'desktop') {
      await seesHeading(page, 'No messages yet');
      await look('inbox-empty');
    }
    await cards(fixture, page, `${size}-${LONG_NAME}`, look);
    await inbox(fixture, page, size, look);
    assert.deepEqual(found, []);
  };
}

type Look = (name: string) => Promise<void>;

async function cards(fixture: Fixture, page: Page, name: string, look: Look): Promise<void> {
  await page.goto('/');
  await seesHeading(page, 'This is a user pool server');
  await look('home');
  const link = await fixture.linkOf(name);
  await page.goto(link.replace('client_id=', 'client_id=no-'));
  await seesHeading(page, 'This link does not work');
  await look('confirm-invalid');
  await page.goto(link);
  await seesHeading(page, 'Confirm your account');
  await look('confirm');
  await page.getByRole('button', { name: 'Confirm my account' }).click();
  await seesHeading(page, 'Your account is confirmed');
  await look('confirmed');
}

async function inbox({ aws }: Fixture, page: Page, size: string, look: Look): Promise<void> {
  const invite = (Username: string, medium: 'EMAIL' | 'SMS') =>
    aws.adminCreateUser({
      UserPoolId,
      Username,
      DesiredDeliveryMediums: [medium],
      UserAttributes: [
        { Name: 'email', Value: `${Username}@example.com` },
        { Name: 'phone_number', Value: '+15550100' },
      ],
    });
  await invite(`${size}-invited`, 'EMAIL');
  await page.goto('/inbox');
  const row = (to: string) => page.locator('.row', { hasText: to }).first();
  await row(`${size}-invited`).waitFor();
  await look('inbox');
  await row(`${size}-invited`).click();
  await seesHeading(page, 'Your temporary password');
  await page.getByRole('button', { name: 'Copy temporary password' }).waitFor();
  await look('inbox-mail');
  if (size === 'phone') await page.goBack();
  await invite(`${size}-texted`, 'SMS');
  await row('+15550100').click();
  await seesHeading(page, 'SMS');
  await look('inbox-sms');
  if (size === 'phone') await page.goBack();
  await page.getByLabel('Search by recipient').fill('nobody');
  await page.getByText('No message to “nobody”.').waitFor();
  await look('inbox-nothing-found');
}

async function keep(page: Page, name: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

async function fewBytes(fixture: Fixture): Promise<void> {
  for (const address of ['/', await fixture.linkOf('few')]) {
    const page = await fixture.page();
    const requests: Request[] = [];
    page.on('requestfinished', (request) => requests.push(request));
    await page.goto(address, { waitUntil: 'networkidle' });
    const sizes = await Promise.all(requests.map((request) => request.sizes()));
    const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
    assert(requests.length > 1 && requests.length <= MOST_REQUESTS, `${requests.length} requests`);
    assert(bytes > 1000 && bytes <= MOST_BYTES, `${bytes} bytes`);
  }
}

async function withoutScript(fixture: Fixture): Promise<void> {
  const page = await fixture.page({ javaScriptEnabled: false });
  await page.goto(await fixture.linkOf('plain'));
  await page.getByRole('button', { name: 'Confirm my account' }).click();
  await seesHeading(page, 'Your account is confirmed');
  await page.goto('/inbox');
  await page.getByRole('link', { name: '/inbox/messages' }).click();
  assert.match(await page.innerText('body'), /plain@example\.com/);
}
