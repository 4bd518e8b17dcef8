/** Without an endpoint this is an application of Amazon Cognito: what it sends differs in the address, and in nothing else. */
import { TestBed } from '@angular/core/testing';
import { Auth } from '@poolhouse/angular';
import { appConfig } from './app-config';
import type { PoolConfig } from './pool-config';

const POOL: PoolConfig = {
  region: 'eu-central-1',
  userPoolId: 'eu-central-1_aB3dE5fG7',
  clientId: '1h57kf5cpq17m0eml12EXAMPLE',
};
const COGNITO = 'https://cognito-idp.eu-central-1.amazonaws.com/';

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** Goes through everything that a person does with a pool, and keeps what is sent. */
async function walk(pool: PoolConfig): Promise<Sent[]> {
  localStorage.clear();
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', (url: string, { method, headers, body }: RequestInit) => {
    const operation = new Headers(headers).get('x-amz-target')?.split('.')[1] ?? '';
    sent.push({
      url: String(url),
      method,
      headers: Object.fromEntries(new Headers(headers)),
      body: JSON.parse(body as string),
    });
    return Promise.resolve(Response.json(ANSWERS[operation] ?? {}));
  });
  TestBed.configureTestingModule(appConfig(pool));
  const auth = TestBed.inject(Auth);
  await auth.signUp({
    username: 'ann',
    password: 'Secret-1',
    attributes: { email: 'a@b.example' },
  });
  await auth.resendCode('ann');
  await auth.confirmSignUp('ann', '123456');
  await auth.forgotPassword('ann');
  await auth.confirmForgotPassword({ username: 'ann', code: '123456', password: 'Secret-2' });
  await auth.signIn({ username: 'ann', password: 'Secret-2', flow: 'password' });
  await auth.loadAttributes();
  await auth.updateAttributes({ name: 'Ann' });
  await auth.changePassword({ previous: 'Secret-2', proposed: 'Secret-3' });
  await auth.refresh();
  await auth.signOut();
  // The first half of SRP; the number that it sends is another one each time.
  await auth.signIn({ username: 'ann', password: 'Secret-3' }).catch(() => undefined);
  TestBed.resetTestingModule();
  return sent;
}

const NOW_SECONDS = Math.floor(Date.now() / 1000);

function token(claims: object): string {
  const part = (value: object) => btoa(JSON.stringify(value)).replaceAll('=', '');
  return `${part({ alg: 'RS256' })}.${part({ sub: 'sub-1', iat: NOW_SECONDS, exp: NOW_SECONDS + 3600, ...claims })}.sig`;
}

const TOKENS = {
  AccessToken: token({ token_use: 'access', username: 'ann' }),
  IdToken: token({ token_use: 'id', 'cognito:username': 'ann', email: 'a@b.example' }),
  RefreshToken: 'refresh',
  ExpiresIn: 3600,
};
const ANSWERS: Readonly<Record<string, object>> = {
  SignUp: { UserConfirmed: false, UserSub: 'sub-1' },
  InitiateAuth: { AuthenticationResult: TOKENS },
  GetTokensFromRefreshToken: { AuthenticationResult: TOKENS },
  GetUser: { Username: 'ann', UserAttributes: [{ Name: 'email', Value: 'a@b.example' }] },
};

function withoutAddress({ method, headers, body }: Sent) {
  const text = JSON.stringify(body).replace(/"SRP_A":"[0-9a-f]+"/, '"SRP_A":"..."');
  return { method, headers, body: text };
}

describe('the application of a pool', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('sends Cognito what it sends to an endpoint', async () => {
    const amazon = await walk(POOL);
    const own = await walk({ ...POOL, region: 'eu-central-1', endpoint: 'http://localhost:8400' });
    const operations = amazon.map(({ headers }) => headers['x-amz-target']?.split('.')[1]);
    expect(operations).toEqual([
      'SignUp',
      'ResendConfirmationCode',
      'ConfirmSignUp',
      'ForgotPassword',
      'ConfirmForgotPassword',
      'InitiateAuth',
      'GetUser',
      'UpdateUserAttributes',
      // The new name goes into the tokens, too.
      'GetTokensFromRefreshToken',
      'GetUser',
      'ChangePassword',
      'GetTokensFromRefreshToken',
      'RevokeToken',
      'InitiateAuth',
    ]);
    expect(amazon.map(withoutAddress)).toEqual(own.map(withoutAddress));
    expect(new Set(amazon.map(({ url }) => url))).toEqual(new Set([COGNITO]));
    expect(new Set(own.map(({ url }) => url))).toEqual(new Set(['http://localhost:8400/']));
  });
});
