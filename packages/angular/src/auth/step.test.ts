import { newAuth } from '../testing/new-auth';
import { PoolDouble, tokensFor } from '../testing/pool-double';

it('whoever is signed in stays so while somebody else is registered', async () => {
  const pool = new PoolDouble({
    InitiateAuth: () => ({ AuthenticationResult: tokensFor() }),
    SignUp: () => ({ UserConfirmed: false, UserSub: 'sub-ben' }),
    ConfirmSignUp: () => ({}),
  });
  const { auth, close } = newAuth(pool);
  const state = () => [auth.status(), auth.step(), auth.user()?.username];
  await auth.signIn({ username: 'ann', password: 'Correct-Horse-7' });
  await auth.signUp({ username: 'ben', password: 'Correct-Horse-8' });
  expect(state()).toEqual(['signed-in', 'confirmation-required', 'ann']);
  await auth.confirmSignUp('ben', '123456');
  expect(state()).toEqual(['signed-in', 'none', 'ann']);
  close();
});
