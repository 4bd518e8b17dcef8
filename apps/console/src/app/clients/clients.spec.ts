import type { UserPoolClientType } from '@poolhouse/model';
import type { Role } from '../api/session';
import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';

const CLIENTS = `/p/${SHOP.Id}/clients`;
const WEB = `${CLIENTS}/web-id`;
const web: UserPoolClientType = {
  UserPoolId: SHOP.Id,
  ClientId: 'web-id',
  ClientName: 'web',
  RefreshTokenValidity: 30,
  AccessTokenValidity: 60,
  IdTokenValidity: 60,
  TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  PreventUserExistenceErrors: 'ENABLED',
  CallbackURLs: ['https://shop.example/in'],
  EnableTokenRevocation: true,
  AuthSessionValidity: 3,
};

const sessions = (UserSessionTracking: 'ENABLED' | 'DISABLED') => ({
  UserPoolId: SHOP.Id ?? '',
  UserSessionTracking,
  TokenSession: { MaxPerUser: 20 },
});
const loginPages = (MaxValidityMinutes: number) => ({
  UserPoolId: SHOP.Id ?? '',
  ClientId: 'web-id',
  SSOSession: { MaxValidityMinutes },
});

const server = (
  role: Role = 'owner',
  client: Partial<UserPoolClientType> = {},
  pool: Parameters<typeof shopServer>[1] = {},
) =>
  shopServer(role, pool)
    .on('GetUserPoolSessionConfiguration', sessions('DISABLED'))
    .on('ListUserPoolClients', { UserPoolClients: [{ ClientId: 'web-id', ClientName: 'web' }] })
    .on('DescribeUserPoolClient', { UserPoolClient: { ...web, ...client } })
    .on('UpdateUserPoolClient', {})
    .on('DeleteUserPoolClient', {});

describe('the list of app clients', () => {
  it('shows each with its id', async () => {
    const page = await openConsole(CLIENTS, server());
    expect(await (await page.table()).heads()).toEqual(['App client', 'Client id']);
    const [row] = await (await page.table()).rows();
    expect(row).toEqual([expect.stringContaining('web'), expect.stringContaining('web-id')]);
  });

  it('holds the place, and says that there are none', async () => {
    const asked = server().on('ListUserPoolClients', {});
    const release = asked.hold('ListUserPoolClients');
    const page = await openConsole(CLIENTS, asked);
    expect(await page.isLoading()).toBe(true);
    release();
    expect(await page.empty()).toBe('No application can reach this pool yet');
  });

  it('tells what failed, and tries again', async () => {
    const page = await openConsole(CLIENTS, server().failNext('ListUserPoolClients'));
    expect(await page.hasTable()).toBe(false);
    await page.press('Try again');
    expect(await page.hasTable()).toBe(true);
  });

  it('makes a client without a secret, and opens it', async () => {
    const asked = server().on('CreateUserPoolClient', { UserPoolClient: web });
    const page = await openConsole(CLIENTS, asked);
    await page.press('Create app client');
    await page.press('Create app client');
    expect(await page.problem('Name')).toBe('Enter a name.');
    await page.type('Name', ' web ');
    await page.press('Create app client');
    expect(asked.inputs('CreateUserPoolClient')).toEqual([
      expect.objectContaining({
        UserPoolId: SHOP.Id,
        ClientName: 'web',
        GenerateSecret: false,
        PreventUserExistenceErrors: 'ENABLED',
      }),
    ]);
    expect(page.url).toBe(WEB);
  });

  it('makes a client with a secret, and shows that before it opens it', async () => {
    const asked = server().on('CreateUserPoolClient', {
      UserPoolClient: { ...web, ClientSecret: 'keep-me' },
    });
    const page = await openConsole(CLIENTS, asked);
    await page.press('Create app client');
    await page.type('Name', 'web');
    await page.choose('On your own server');
    await page.press('Create app client');
    expect(asked.inputs('CreateUserPoolClient')[0]?.GenerateSecret).toBe(true);
    expect([await page.heading(), page.url]).toEqual(['web is created', CLIENTS]);
    expect(await (await page.dialog())?.text()).toContain('keep-me');
    await page.press('Open the app client');
    expect(page.url).toBe(WEB);
  });

  it('keeps a new client that the server refuses', async () => {
    const asked = server().failNext('CreateUserPoolClient', 'LimitExceededException', 'Too many.');
    const page = await openConsole(CLIENTS, asked);
    await page.press('Create app client');
    await page.type('Name', 'web');
    await page.press('Create app client');
    expect(await page.notices()).toEqual(['Too many.']);
    expect(await page.value('Name')).toBe('web');
  });
});

describe('the page of an app client', () => {
  it('shows its settings', async () => {
    const page = await openConsole(WEB, server());
    expect(await page.heading()).toBe('web');
    expect(await (await page.choice('Password, without sending it')).isChosen()).toBe(true);
    expect(await page.value('Callback URLs')).toBe('https://shop.example/in');
    expect(await page.hasButton('Save changes')).toBe(false);
  });

  it('offers each way to sign in, and says where a choice among passwords is none', async () => {
    const asked = server();
    const page = await openConsole(WEB, asked);
    expect((await page.notices()).join()).not.toContain('nothing but passwords');
    await page.choose('Choice of the user');
    expect((await page.notices()).join()).toContain(
      'This pool allows nothing but passwords so far.',
    );
    await page.choose('Challenges of your own');
    await page.choose('Refresh tokens');
    await page.press('Save changes');
    expect([...(asked.inputs('UpdateUserPoolClient')[0]?.ExplicitAuthFlows ?? [])].sort()).toEqual([
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_USER_AUTH',
      'ALLOW_USER_SRP_AUTH',
    ]);
  });

  it('lets people choose where the pool has more than passwords', async () => {
    const flows = { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] } as const;
    const Policies = {
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
    } as const;
    const page = await openConsole(WEB, server('owner', flows, { Policies }));
    expect(await (await page.choice('Choice of the user')).isChosen()).toBe(true);
    expect(await (await page.choice('Refresh tokens')).isChosen()).toBe(false);
    expect((await page.notices()).join()).not.toContain('nothing but passwords');
  });

  it('refreshes in another way where a refresh token works once', async () => {
    const page = await openConsole(WEB, server());
    await page.choose('A refresh token works once');
    const refresh = await page.choice('Refresh tokens');
    expect([await refresh.isChosen(), await refresh.isOff()]).toEqual([true, true]);
    expect(await page.text()).toContain('applications refresh by GetTokensFromRefreshToken');
  });

  it('saves what changed along with everything else that the client has', async () => {
    const asked = server();
    const page = await openConsole(WEB, asked);
    await page.type('Access token', '30');
    await page.press('Save changes');
    expect(asked.inputs('UpdateUserPoolClient')).toEqual([
      expect.objectContaining({
        ClientId: 'web-id',
        ClientName: 'web',
        AccessTokenValidity: 30,
        CallbackURLs: web.CallbackURLs,
      }),
    ]);
    expect(await page.toasts()).toEqual(['Saved.']);
    expect(asked.inputs('DescribeUserPoolClient')).toHaveLength(2);
  });

  it('lets a refresh token work once in place of the flow of before', async () => {
    const asked = server();
    const page = await openConsole(WEB, asked);
    await page.choose('A refresh token works once');
    await page.type('Seconds that the old token still works', '20');
    await page.press('Save changes');
    const [sent] = asked.inputs('UpdateUserPoolClient');
    expect(sent?.RefreshTokenRotation).toEqual({ Feature: 'ENABLED', RetryGracePeriodSeconds: 20 });
    expect(sent?.ExplicitAuthFlows).not.toContain('ALLOW_REFRESH_TOKEN_AUTH');
  });

  it.each([
    ['Name', '!', 'Use letters, digits, spaces and + = , . @ - _ only.'],
    ['Access token', '2', 'Between 5 minutes and 1 day.'],
    ['Time for one step of a sign-in, in minutes', '16', 'Between 3 and 15 minutes.'],
    ['Callback URLs', 'http://shop.example', 'http://shop.example: Use https.'],
    ['Sign-out URLs', 'nowhere', 'nowhere: Enter a whole address'],
  ])('says what is wrong with %s: %s, and sends nothing', async (label, text, problem) => {
    const asked = server();
    const page = await openConsole(WEB, asked);
    await page.type(label, text);
    await page.press('Save changes');
    expect(await page.problem(label)).toContain(problem);
    expect(asked.writes).toEqual([]);
  });

  it('puts what the server says of an address to that address', async () => {
    const said = 'https://shop.example/in is not allowed here.';
    const asked = server().failNext('UpdateUserPoolClient', 'InvalidParameterException', said);
    const page = await openConsole(WEB, asked);
    await page.type('Name', 'shop');
    await page.press('Save changes');
    expect(await page.problem('Callback URLs')).toBe(said);
    expect(await page.notices()).toEqual([]);
    await page.type('Callback URLs', 'https://shop.example/out');
    expect([await page.problem('Callback URLs'), await page.notices()]).toEqual(['', []]);
  });

  it('keeps what the server refuses, until it is discarded', async () => {
    const asked = server().failNext('UpdateUserPoolClient', 'X', 'Not now.');
    const page = await openConsole(WEB, asked);
    await page.type('Name', 'shop');
    await page.press('Save changes');
    expect(await page.notices()).toEqual(['Not now.']);
    expect(await page.value('Name')).toBe('shop');
    await page.press('Discard');
    expect([await page.value('Name'), await page.notices()]).toEqual(['web', []]);
  });

  it('limits what may be written, but never what the pool requires', async () => {
    const asked = server();
    const page = await openConsole(WEB, asked);
    const boxes = document.querySelectorAll<HTMLInputElement>('pc-attribute-choice:last-of-type');
    boxes[0]?.querySelectorAll('input')[1]?.click();
    expect(await (await page.choice('email')).isOff()).toBe(true);
    await page.choose('custom:plan');
    await page.press('Save changes');
    expect(asked.inputs('UpdateUserPoolClient')[0]?.WriteAttributes).toEqual(['email', 'name']);
  });

  it('shows its secret when an owner asks', async () => {
    const asked = server('owner', { ClientSecret: 'keep-me' });
    asked.on('ListUserPoolClientSecrets', { ClientSecrets: [{ ClientSecretId: 'web-id--1' }] });
    const page = await openConsole(WEB, asked);
    expect(await page.text()).not.toContain('keep-me');
    await page.press('Show');
    expect(await page.text()).toContain('keep-me');
    await page.press('Hide');
    expect(await page.text()).not.toContain('keep-me');
  });

  describe('with a secret', () => {
    const [first, second] = ['web-id--1', 'web-id--2'].map((ClientSecretId, at) => ({
      ClientSecretId,
      ClientSecretCreateDate: 1_790_000_000 + at,
    }));
    const key = { UserPoolId: SHOP.Id, ClientId: 'web-id' };
    const withSecrets = (...ClientSecrets: (typeof first)[]) =>
      server('owner', { ClientSecret: 'keep-me' }).on('ListUserPoolClientSecrets', {
        ClientSecrets: ClientSecrets.flatMap((one) => one ?? []),
      });

    it('adds a second one, shows it once, and keeps what is being edited', async () => {
      const asked = withSecrets(first).on('AddUserPoolClientSecret', {
        ClientSecretDescriptor: { ...second, ClientSecretValue: 'brand-new' },
      });
      const page = await openConsole(WEB, asked);
      await page.type('Name', 'other');
      expect(await page.hasButton('Delete the newest')).toBe(false);
      asked.on('ListUserPoolClientSecrets', { ClientSecrets: [first ?? {}, second ?? {}] });
      asked.on('DescribeUserPoolClient', { UserPoolClient: { ...web, ClientSecret: 'brand-new' } });
      await page.press('Add a secret');
      expect(asked.inputs('AddUserPoolClientSecret')).toEqual([key]);
      expect(await (await page.dialog())?.text()).toContain('brand-new');
      await page.press('Close');
      expect(await page.text()).not.toContain('brand-new');
      expect(await page.hasButton('Add a secret')).toBe(false);
      expect(await page.value('Name')).toBe('other');
      await page.press('Show');
      expect(await page.text()).toContain('brand-new');
    });

    it('deletes the older one, after it has said what that means', async () => {
      const asked = withSecrets(first, second).on('DeleteUserPoolClientSecret', {});
      const page = await openConsole(WEB, asked);
      await page.press('Delete the older');
      expect(await (await page.dialog())?.text()).toContain('the other one stays valid');
      await page.press('Delete secret');
      expect(asked.inputs('DeleteUserPoolClientSecret')).toEqual([
        { ...key, ClientSecretId: 'web-id--1' },
      ]);
      expect(await page.toasts()).toEqual(['The secret is deleted.']);
    });

    it('says what the server refuses, and tries again what failed', async () => {
      const asked = withSecrets(first).failNext('AddUserPoolClientSecret', 'X', 'Not now.');
      asked.failNext('ListUserPoolClientSecrets');
      const page = await openConsole(WEB, asked);
      await page.press('Try again');
      await page.press('Add a secret');
      expect(await page.notices()).toContain('Not now.');
    });
  });

  it('can be looked at, and not changed, by viewers', async () => {
    const asked = server('viewer', { ClientSecret: '********' });
    asked.on('ListUserPoolClientSecrets', { ClientSecrets: [{ ClientSecretId: 'web-id--1' }] });
    const page = await openConsole(WEB, asked);
    expect(await page.notices()).toContain(
      'Only owners may do this; you are signed in as a viewer.',
    );
    expect(await page.text()).toContain('Only owners see it.');
    expect(await (await page.choice('Tokens can be revoked')).isOff()).toBe(true);
    expect(await (await page.button('Delete app client')).isOff()).toBe(true);
    expect(await (await page.button('Add a secret')).isOff()).toBe(true);
  });

  it('is deleted by its name', async () => {
    const asked = server();
    const page = await openConsole(WEB, asked);
    await page.press('Delete app client');
    await page.type(/^To confirm, type/, 'web');
    await page.press('Delete app client');
    expect(asked.inputs('DeleteUserPoolClient')).toEqual([
      { UserPoolId: SHOP.Id, ClientId: 'web-id' },
    ]);
    expect([page.url, await page.toasts()]).toEqual([CLIENTS, ['App client web is deleted.']]);
  });

  it('says that there is no such client, and what else failed', async () => {
    const gone = server().failNext('DescribeUserPoolClient', 'ResourceNotFoundException', 'No.');
    expect(await (await openConsole(WEB, gone)).heading()).toBe('There is no such app client');
  });

  it('is tried again after a failure', async () => {
    const page = await openConsole(WEB, server().failNext('DescribeUserPoolClient'));
    await page.press('Try again');
    expect(await page.heading()).toBe('web');
  });
});

describe('the login pages of an app client', () => {
  const tracking = (role?: Role) =>
    server(role)
      .on('GetUserPoolSessionConfiguration', sessions('ENABLED'))
      .on('GetUserPoolClientSessionConfiguration', loginPages(60))
      .on('SetUserPoolClientSessionConfiguration', loginPages(0));

  it('are not asked about where the pool tracks no sessions', async () => {
    const asked = server();
    const page = await openConsole(WEB, asked);
    expect(await page.hasField('Minutes')).toBe(false);
    expect(asked.inputs('GetUserPoolClientSessionConfiguration')).toEqual([]);
  });

  it('have a time of their own, which is saved apart', async () => {
    const asked = tracking();
    const page = await openConsole(WEB, asked);
    expect(await page.value('Minutes')).toBe('60');
    await page.type('Minutes', '200000');
    expect(await page.problem('Minutes')).toBe('Enter a number from 0 to 129600.');
    await page.press('Save the minutes');
    expect(asked.writes).toEqual([]);
    await page.type('Minutes', '0');
    await page.press('Save the minutes');
    expect(asked.inputs('SetUserPoolClientSessionConfiguration')).toEqual([loginPages(0)]);
    expect(await page.toasts()).toEqual(['Saved.']);
  });

  it('hold people back who have not saved them', async () => {
    const page = await openConsole(WEB, tracking());
    await page.type('Minutes', '5');
    void page.go(CLIENTS);
    await page.rest();
    expect(await page.heading()).toBe('Leave without saving?');
  });

  it('are changed by owners alone', async () => {
    const page = await openConsole(WEB, tracking('operator'));
    expect(await (await page.button('Save the minutes')).isOff()).toBe(true);
  });
});
