import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PoolSettings } from '../settings/pool-settings';
import { memoryStorage } from '../storage/token-storage';
import { newAuth, newClientId } from '../testing/new-auth';

/** A real server in a process of its own: what is proved here is proved to Poolhouse, over HTTP. */
const PASSWORD = 'Correct-Horse-7';
const CLIENT_ID = '7endtoend00000000000000000';
const ROTATING_CLIENT_ID = '7rotating00000000000000000';
const POOL_ID = 'local_EndToEnd1';
const DEVICE_POOL_ID = 'local_Devices01';
const DEVICE_CLIENT_ID = '7devices000000000000000000';

const DECLARED = `
pools:
  - id: ${POOL_ID}
    name: end to end
    settings:
      AliasAttributes: [email]
      Schema:
        - { Name: email, AttributeDataType: String, Required: true, Mutable: true }
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false }
      AutoVerifiedAttributes: [email]
    clients:
      - id: ${CLIENT_ID}
        name: application
        settings:
          ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
      - id: ${ROTATING_CLIENT_ID}
        name: rotating
        settings:
          ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH]
          RefreshTokenRotation: { Feature: ENABLED, RetryGracePeriodSeconds: 0 }
    groups:
      - { name: admin, precedence: 1, roleArn: 'arn:aws:iam::000000000000:role/admin' }
    users:
      - { username: invited, email: invited@example.com, temporaryPassword: generate, groups: [admin] }
  - id: ${DEVICE_POOL_ID}
    name: devices
    settings:
      AutoVerifiedAttributes: [email]
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false }
    clients:
      - id: ${DEVICE_CLIENT_ID}
        name: devices
        settings:
          ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_USER_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
`;

interface Message {
  readonly code?: string;
  readonly body: string;
}

describe('with a real server', () => {
  let server: ChildProcess;
  let folder: string;
  let endpoint: string;
  let output = '';
  const closers: (() => void)[] = [];

  const open = (config: Parameters<typeof newAuth>[1] = {}) => {
    const opened = newAuth(null, {
      userPoolId: POOL_ID,
      clientId: CLIENT_ID,
      endpoint,
      storage: 'memory',
      signInFlow: 'srp',
      ...config,
    });
    closers.push(opened.close);
    return opened.auth;
  };
  const codeFor = async (address: string): Promise<string> => {
    const response = await fetch(`${endpoint}/inbox/messages?to=${encodeURIComponent(address)}`);
    const { messages } = (await response.json()) as { messages: Message[] };
    const code = messages[0]?.code;
    if (!code) throw new Error(`no code for ${address}`);
    return code;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'poolhouse-angular-'));
    await writeFile(join(folder, 'poolhouse.yaml'), DECLARED);
    const port = await freePort();
    endpoint = `http://localhost:${port}`;
    const main = join(repository(), 'packages/server/src/main.ts');
    server = spawn(process.execPath, ['-C', 'poolhouse-source', main], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        POOLHOUSE_PORT: String(port),
        POOLHOUSE_DATA: join(folder, 'data'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [server.stdout, server.stderr]) {
      stream?.on('data', (text: Buffer) => (output += text.toString()));
    }
    await vi.waitUntil(
      async () => {
        if (server.exitCode !== null) throw new Error(output);
        return (await fetch(`${endpoint}/readyz`).catch(() => undefined))?.ok;
      },
      { timeout: 50_000, interval: 100 },
    );
  });

  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  afterAll(async () => {
    if (server.exitCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('a person signs up, confirms, signs in, changes everything, and signs out everywhere', async () => {
    const auth = open();
    const signUp = {
      username: 'ann',
      password: PASSWORD,
      attributes: { email: 'ann@example.com', name: 'Ann' },
    };
    const signedUp = await auth.signUp(signUp);
    expect(signedUp).toMatchObject({
      confirmed: false,
      verification: 'code',
      destination: { medium: 'email' },
    });
    expect(await auth.signIn(signUp)).toEqual({ next: 'confirmation-required', username: 'ann' });
    await expect(auth.confirmSignUp('ann', '000000')).rejects.toMatchObject({ code: 'wrong-code' });
    await auth.confirmSignUp('ann', await codeFor('ann@example.com'));

    await expect(auth.signIn({ ...signUp, password: 'Wrong-Horse-7' })).rejects.toMatchObject({
      code: 'wrong-credentials',
    });
    // By the alias, as the pool allows once the address is verified.
    expect(await auth.signIn({ ...signUp, username: 'ann@example.com' })).toEqual({
      next: 'signed-in',
    });
    expect(auth.user()).toMatchObject({
      sub: signedUp.sub,
      username: 'ann',
      email: 'ann@example.com',
      emailVerified: true,
      name: 'Ann',
      groups: [],
    });
    const lifetimeMs = (auth.session()?.expiresAtMs ?? 0) - Date.now();
    expect(lifetimeMs).toBeGreaterThan(50 * 60_000);

    const first = await auth.accessToken();
    const renewed = await auth.refresh();
    expect(renewed?.accessToken).not.toBe(first);
    expect(await auth.accessToken()).toBe(renewed?.accessToken);

    expect(await auth.updateAttributes({ name: 'Ann Öz' })).toEqual([]);
    expect(auth.user()?.name).toBe('Ann Öz');
    expect(await auth.loadAttributes()).toMatchObject({ name: 'Ann Öz', email_verified: 'true' });
    const sent = await auth.updateAttributes({ email: 'new@example.com' });
    expect(sent).toMatchObject([{ medium: 'email', attribute: 'email' }]);
    await auth.verifyAttribute('email', await codeFor('new@example.com'));
    expect(auth.user()).toMatchObject({ email: 'new@example.com', emailVerified: true });

    const proposed = 'Correct-Horse-8';
    await expect(
      auth.changePassword({ previous: 'Wrong-Horse-7', proposed }),
    ).rejects.toMatchObject({
      code: 'wrong-password',
      field: 'previousPassword',
    });
    await expect(
      auth.changePassword({ previous: PASSWORD, proposed: 'short' }),
    ).rejects.toMatchObject({
      code: 'invalid-password',
      reason: 'too-short',
    });
    await auth.changePassword({ previous: PASSWORD, proposed });

    const elsewhere = open();
    await elsewhere.signIn({ username: 'ann', password: proposed });
    await auth.signOut({ everywhere: true });
    expect(auth.status()).toBe('signed-out');
    expect(await elsewhere.refresh()).toBeNull();
    expect(elsewhere.status()).toBe('signed-out');
  });

  it('a device is confirmed, proves itself, is forgotten, and its sessions are renewed', async () => {
    const auth = open({
      ...{ userPoolId: DEVICE_POOL_ID, clientId: DEVICE_CLIENT_ID, storage: memoryStorage() },
    });
    const dora = { username: 'dora', password: PASSWORD };
    await auth.signUp({ ...dora, attributes: { email: 'dora@example.com' } });
    await auth.confirmSignUp('dora', await codeFor('dora@example.com'));
    const keys = async () =>
      (await auth.call('ListDevices', {})).Devices?.map(({ DeviceKey }) => DeviceKey) ?? [];
    expect(await auth.signIn(dora)).toEqual({ next: 'signed-in' });
    const [device = ''] = await keys();
    expect(device).not.toBe('');
    const stale = await auth.accessToken();
    expect((await auth.refresh())?.accessToken).not.toBe(stale);

    for (const flow of ['srp', 'choice'] as const) {
      await auth.signOut();
      expect(await auth.signIn({ ...dora, flow })).toEqual({ next: 'signed-in' });
      expect(await keys()).toEqual([device]);
      expect(await auth.refresh()).not.toBeNull();
    }

    await auth.call('ForgetDevice', { DeviceKey: device });
    await auth.signOut();
    expect(await auth.signIn(dora)).toEqual({ next: 'signed-in' });
    const [next] = await keys();
    expect(next).not.toBe(device);
    expect(await auth.refresh()).not.toBeNull();
  });

  it('the pool tells how it is set', async () => {
    const at = async (clientId: string) => {
      const { injector, close } = newAuth(null, { userPoolId: POOL_ID, clientId, endpoint });
      closers.push(close);
      return injector.get(PoolSettings).ready();
    };
    expect(await at(CLIENT_ID)).toEqual({
      signInLinks: false,
      changeableAddresses: ['email', 'phone_number'],
      signInNames: ['username', 'email'],
      passwordPolicy: {
        minimumLength: 8,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
      },
      signUpOpen: true,
      signUpAttributes: ['email'],
      signUpVerification: 'code',
      signInFlow: 'password',
      signUpPassword: 'required',
    });
    expect((await at(ROTATING_CLIENT_ID)).signInFlow).toBe('srp');
    expect((await at('nosuchclient')).signInNames).toEqual(['username']);
  });

  it('a forgotten password is replaced; the password flow works too', async () => {
    const auth = open({ signInFlow: 'password' });
    const ben = { username: 'ben', password: PASSWORD };
    await auth.signUp({ ...ben, attributes: { email: 'ben@example.com' } });
    await auth.confirmSignUp('ben', await codeFor('ben@example.com'));
    expect(await auth.forgotPassword('ben')).toMatchObject({ medium: 'email' });
    const code = await codeFor('ben@example.com');
    await auth.confirmForgotPassword({ username: 'ben', code, password: 'Other-Horse-7' });
    await expect(auth.signIn(ben)).rejects.toMatchObject({ code: 'wrong-credentials' });
    expect(await auth.signIn({ ...ben, password: 'Other-Horse-7' })).toEqual({ next: 'signed-in' });
    await auth.signOut();
    expect(auth.session()).toBeNull();
  });

  it('an invited person chooses a password', async () => {
    const temporary = /invited\b.*?([^\s]{8,})\s*$/m.exec(output)?.[1] ?? '';
    expect(temporary, output).not.toBe('');
    const auth = open();
    expect(await auth.signIn({ username: 'invited', password: temporary })).toEqual({
      next: 'new-password-required',
      missingAttributes: [],
    });
    await expect(auth.completeNewPassword({ password: 'weak' })).rejects.toMatchObject({
      code: 'invalid-password',
    });
    expect(await auth.completeNewPassword({ password: PASSWORD })).toEqual({ next: 'signed-in' });
    expect(auth.user()).toMatchObject({
      username: 'invited',
      groups: ['admin'],
      roles: ['arn:aws:iam::000000000000:role/admin'],
    });
  });

  it('two tabs share a session whose refresh tokens are used once each', async () => {
    const config = { clientId: ROTATING_CLIENT_ID, storage: 'local' as const };
    const first = open(config);
    const cid = { username: 'cid', password: PASSWORD };
    await first.signUp({ ...cid, attributes: { email: 'cid@example.com' } });
    await first.confirmSignUp('cid', await codeFor('cid@example.com'));
    await first.signIn(cid);
    const second = open(config);
    await second.ready();
    const stale = first.session()?.accessToken;
    const got = await Promise.all(
      [first, second, first, second].map((auth) => auth.refresh(stale)),
    );
    expect(new Set(got.map((session) => session?.accessToken)).size).toBe(1);
    expect(await second.refresh()).not.toBeNull();
    await first.signOut();
    await vi.waitUntil(() => second.status() === 'signed-out');
  });

  it('a wrong client and a server that is gone are told in words for people', async () => {
    const wrong = open({ clientId: newClientId().replaceAll('-', '') });
    await expect(wrong.signIn({ username: 'x', password: 'y' })).rejects.toMatchObject({
      code: 'misconfigured',
    });
    const gone = open({ endpoint: `http://localhost:${await freePort()}` });
    await expect(gone.signIn({ username: 'x', password: 'y' })).rejects.toMatchObject({
      code: 'network',
      message: 'We cannot reach the server. Please check your connection and try again.',
    });
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The folder that holds the server, from wherever the tests are started. */
function repository(): string {
  let folder = process.cwd();
  while (!existsSync(join(folder, 'packages/server/src/main.ts'))) {
    if (dirname(folder) === folder) throw new Error('the repository is not found');
    folder = dirname(folder);
  }
  return folder;
}
