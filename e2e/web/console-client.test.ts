/** The page of an app client: which ways to sign in it allows, where the application is, and what the server says against it, at the field that it is about. */
import assert from 'node:assert/strict';
import { axeProblems } from './browser.ts';
import { consoleJourneys, seesSaved, type ConsoleFixture } from './console-fixture.ts';
import { SIZES } from './profiles.ts';
import { sees, seesHeading } from './journey.ts';
import { problemsOf } from './look-at.ts';

consoleJourneys('the page of an app client', {
  'says how people may sign in, and lets them choose': waysIn,
  'edits addresses, with a default among them': edits,
  'names addresses that the server refuses at their field': refused,
});

async function clientPage(fixture: ConsoleFixture, size: keyof typeof SIZES = 'desktop') {
  const page = await (await fixture.as('owner', SIZES[size])).newPage();
  await page.goto(fixture.pool(`/clients/${fixture.clientId}`));
  await seesHeading(page, 'application');
  return {
    page,
    callbacks: page.getByLabel('Callback URLs'),
    defaultCallback: page.getByLabel('Default redirect URL'),
    signOuts: page.getByLabel('Sign-out URLs'),
    save: page.getByRole('button', { name: 'Save changes' }),
  };
}

async function clientOf({ aws, poolId, clientId }: ConsoleFixture) {
  const asked = { UserPoolId: poolId, ClientId: clientId };
  return (await aws.describeUserPoolClient(asked)).UserPoolClient ?? {};
}

async function edits(fixture: ConsoleFixture): Promise<void> {
  const { page, callbacks, defaultCallback, signOuts, save } = await clientPage(fixture, 'phone');
  await callbacks.fill('https://shop.example.com/in\nhttp://shop.example.com/');
  await page.getByText('http://shop.example.com/: Use https.').waitFor();
  await save.click();
  assert(await callbacks.evaluate((field) => field === field.ownerDocument.activeElement));
  assert.deepEqual(await axeProblems(page), []);
  await callbacks.fill('https://shop.example.com/in\nshop://in');
  await defaultCallback.selectOption('https://shop.example.com/in');
  await signOuts.fill('https://shop.example.com/bye');
  // The default goes with its line.
  await callbacks.fill('https://shop.example.com/welcome\nshop://in');
  await save.click();
  await seesSaved(page);
  const { CallbackURLs, DefaultRedirectURI, LogoutURLs } = await clientOf(fixture);
  assert.deepEqual(CallbackURLs, ['https://shop.example.com/welcome', 'shop://in']);
  assert.equal(DefaultRedirectURI, 'https://shop.example.com/welcome');
  assert.deepEqual(LogoutURLs, ['https://shop.example.com/bye']);

  await callbacks.fill('shop://in');
  await page.getByText('Choose one of the callback URLs, or none.').waitFor();
  await defaultCallback.selectOption({ label: 'None' });
  await save.click();
  await page.getByText('You have changes that are not saved.').waitFor({ state: 'detached' });
  const left = await clientOf(fixture);
  assert.deepEqual(left.CallbackURLs, ['shop://in']);
  assert.equal(left.DefaultRedirectURI, undefined);
}

async function refused(fixture: ConsoleFixture): Promise<void> {
  const { UserPoolId, ClientId, ...client } = await clientOf(fixture);
  const { ClientSecret: _, CreationDate: _1, LastModifiedDate: _2, ...settings } = client;
  await fixture.aws.updateUserPoolClient({
    ...settings,
    UserPoolId,
    ClientId,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid'],
    CallbackURLs: ['https://shop.example.com/'],
    DefaultRedirectURI: undefined,
  });
  const { page, callbacks, save } = await clientPage(fixture);
  await callbacks.fill('');
  await save.click();
  const said = page.locator('#callbacks-help', { hasText: 'CallbackUrls can not be empty' });
  await said.waitFor();
  assert(await callbacks.evaluate((field) => field === field.ownerDocument.activeElement));
  assert.equal(await page.locator('.notice.bad').count(), 0);
  // What was said is about the addresses before.
  await callbacks.fill('https://shop.example.com/in');
  await said.waitFor({ state: 'detached' });
  await save.click();
  await seesSaved(page);
  assert.deepEqual((await clientOf(fixture)).CallbackURLs, ['https://shop.example.com/in']);
}

async function waysIn(fixture: ConsoleFixture): Promise<void> {
  const { aws, poolId: UserPoolId, clientId: ClientId } = fixture;
  await aws.setUserPoolSessionConfiguration({
    UserPoolId,
    UserSessionTracking: 'ENABLED',
    TokenSession: { MaxPerUser: 20 },
  });
  const { page, save } = await clientPage(fixture);
  await page.getByLabel(/^Choice of the user/).check();
  await sees(page, /This pool allows nothing but passwords so far/);
  const problems: string[] = [];
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size].viewport);
    problems.push(...(await problemsOf(page, 'client-flows', size)));
  }
  assert.deepEqual(problems, []);
  await page.getByLabel(/^Challenges of your own/).uncheck();
  await save.click();
  await seesSaved(page);
  const flows = (await clientOf(fixture)).ExplicitAuthFlows ?? [];
  assert(flows.includes('ALLOW_USER_AUTH') && !flows.includes('ALLOW_CUSTOM_AUTH'));
  assert(flows.includes('ALLOW_USER_PASSWORD_AUTH'), 'what was not touched stays');
  await page.getByLabel('Minutes', { exact: true }).fill('0');
  await page.getByRole('button', { name: 'Save the minutes' }).click();
  await page.getByRole('button', { name: 'Save the minutes', disabled: true }).waitFor();
  const shown = await aws.getUserPoolClientSessionConfiguration({ UserPoolId, ClientId });
  assert.deepEqual(shown.SSOSession, { MaxValidityMinutes: 0 });
}
