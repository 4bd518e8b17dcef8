/** Without an endpoint this is an application of Amazon Cognito: what it sends differs in the address, and in nothing else. */
import { TestBed } from '@angular/core/testing';
import { Auth } from '@poolhouse/angular';
import { appConfig } from './app-config';
import type { PoolConfig } from './pool-config';
import {
  COGNITO,
  operationOf,
  OWN,
  POOL,
  type Sent,
  stubPool,
  tokens,
  withoutAddress,
} from './testing/stub-pool';

const TOKENS = tokens();
const ANSWERS = {
  SignUp: [{ UserConfirmed: false, UserSub: 'sub-1' }],
  InitiateAuth: [TOKENS],
  GetTokensFromRefreshToken: [TOKENS],
  GetUser: [{ Username: 'ann', UserAttributes: [{ Name: 'email', Value: 'a@b.example' }] }],
};

/** Goes through everything that a person does with a pool, and keeps what is sent. */
async function walk(pool: PoolConfig): Promise<Sent[]> {
  localStorage.clear();
  const sent = stubPool(ANSWERS);
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

describe('the application of a pool', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('sends Cognito what it sends to an endpoint', async () => {
    const amazon = await walk(POOL);
    const own = (await walk(OWN)).filter(({ method }) => method === 'POST');
    const operations = amazon.map(operationOf);
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
    expect(new Set(own.map(({ url }) => url))).toEqual(new Set([`${OWN.endpoint}/`]));
  });
});
