/** Resource servers with their scopes, and the exchange of an app client's secret, as owners do both in the console. */
import assert from 'node:assert/strict';
import { consoleJourneys, seesSaved, type ConsoleFixture } from './console-fixture.ts';
import { seesHeading } from './journey.ts';
import { problemsOf } from './look-at.ts';
import { SIZES } from './profiles.ts';

consoleJourneys('the directory in the console', {
  'makes a resource server, gives it a scope and takes one away': servers,
  'exchanges the secret of an app client': secrets,
});

const sizes = ['desktop', 'phone'] as const satisfies readonly (keyof typeof SIZES)[];

async function servers(fixture: ConsoleFixture): Promise<void> {
  for (const size of sizes) {
    const page = await (await fixture.as('owner', SIZES[size])).newPage();
    await page.goto(fixture.pool('/resource-servers'));
    await seesHeading(page, 'Resource servers');
    const key = { UserPoolId: fixture.poolId, Identifier: `https://${size}.example.com` };
    const create = page.getByRole('button', { name: 'Create resource server' });
    await create.first().click();
    await page.getByLabel('Name').fill(`API of ${size}`);
    await page.getByLabel('Identifier').fill(key.Identifier);
    for (const [at, scope] of ['read', 'write'].entries()) {
      await page.getByRole('button', { name: 'Add a scope' }).click();
      await page.getByLabel(`Scope ${at + 1}`, { exact: true }).fill(scope);
      await page.getByLabel(`What it permits ${at + 1}`).fill(`May ${scope} orders`);
    }
    assert.deepEqual(await problemsOf(page, 'new-resource-server', size), []);
    await page.getByRole('dialog').getByRole('button', { name: 'Create resource server' }).click();
    await page.getByText(`Resource server API of ${size} is created.`).waitFor();
    assert.deepEqual(await problemsOf(page, 'resource-servers', size), []);

    await page.getByRole('button', { name: `Edit API of ${size}` }).click();
    await page.getByRole('button', { name: 'Remove read' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await seesSaved(page);
    const { ResourceServer } = await fixture.aws.describeResourceServer(key);
    assert.deepEqual(ResourceServer?.Scopes, [
      { ScopeName: 'write', ScopeDescription: 'May write orders' },
    ]);
  }
}

async function secrets(fixture: ConsoleFixture): Promise<void> {
  const { UserPoolClient } = await fixture.aws.createUserPoolClient({
    ...{ UserPoolId: fixture.poolId, ClientName: 'server', GenerateSecret: true },
  });
  const key = { UserPoolId: fixture.poolId, ClientId: UserPoolClient?.ClientId ?? '' };
  const described = async () =>
    (await fixture.aws.describeUserPoolClient(key)).UserPoolClient?.ClientSecret ?? '';
  for (const size of sizes) {
    const page = await (await fixture.as('owner', SIZES[size])).newPage();
    await page.goto(fixture.pool(`/clients/${key.ClientId}`));
    await seesHeading(page, 'server');
    await page.getByRole('button', { name: 'Add a secret' }).click();
    const dialog = page.getByRole('dialog', { name: 'A secret is added' });
    await dialog.getByText(await described(), { exact: true }).waitFor();
    assert.deepEqual(await problemsOf(page, 'secret-added', size), []);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByText('An app client has at most two').waitFor();
    assert.deepEqual(await problemsOf(page, 'two-secrets', size), []);
    const newest = await described();
    await page.getByRole('button', { name: 'Delete the older' }).click();
    await page.getByRole('button', { name: 'Delete secret' }).click();
    await page.getByText('The secret is deleted.').waitFor();
    assert.equal(await described(), newest);
    const { ClientSecrets } = await fixture.aws.listUserPoolClientSecrets(key);
    assert.equal(ClientSecrets?.length, 1);
  }
}
