import type { AuthAnswer, PoolOperations } from '../pool/wire';
import { READ_SETTINGS } from '../settings/read-settings';
import { newAuth, newClientId } from '../testing/new-auth';
import { PoolDouble, refuse, tokensFor } from '../testing/pool-double';
import { TOLD } from '../testing/told-settings';

type Answered = PoolOperations['RespondToAuthChallenge']['input'];

const MAIL: AuthAnswer = {
  ChallengeName: 'EMAIL_OTP',
  Session: 'mail',
  ChallengeParameters: {
    ...{ CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL', CODE_DELIVERY_DESTINATION: 'a***@e***' },
  },
};
const tokens = () => ({ AuthenticationResult: tokensFor() });
const MINUTE_MS = 60_000;

/** A browser in which one tab has asked for a mail, and in which others can be opened. */
async function browser(
  how: {
    readonly signInLinks?: boolean;
    readonly storage?: 'local' | 'session';
    readonly respond?: (input: Answered) => AuthAnswer;
    readonly begin?: () => AuthAnswer;
  } = {},
) {
  const { signInLinks = true, storage = 'local', respond = tokens, begin = () => MAIL } = how;
  const clientId = newClientId();
  const pool = new PoolDouble({ InitiateAuth: begin, RespondToAuthChallenge: respond });
  const told = { ...TOLD, authFlows: ['ALLOW_USER_AUTH'], signInLinks };
  const tab = () =>
    newAuth(pool, { clientId, storage, signInFlow: 'choice' }, {}, [
      { provide: READ_SETTINGS, useValue: () => Promise.resolve(told) },
    ]);
  const first = tab();
  await first.auth.signIn({ username: 'ann', way: 'email' });
  const kept = async () => {
    // What is stored is stored in turn.
    await new Promise((done) => setTimeout(done));
    return localStorage.getItem(`poolhouse.${clientId}.waiting`);
  };
  return { tab, first, pool, kept };
}

afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
  sessionStorage.clear();
});

describe('a code from a link', () => {
  it('finishes in a new tab what another one began, which notices', async () => {
    const { tab, first, pool, kept } = await browser();
    expect(await kept()).toContain('mail');
    const second = tab();
    expect(await second.auth.enterLinkCode('12345678')).toEqual({ next: 'signed-in' });
    expect(pool.calls.at(-1)?.input).toMatchObject({
      ...{ ChallengeName: 'EMAIL_OTP', Session: 'mail' },
      ChallengeResponses: { USERNAME: 'ann', EMAIL_OTP_CODE: '12345678' },
    });
    await vi.waitFor(() => expect(first.auth.status()).toBe('signed-in'));
    expect(first.auth.challenge()).toBeNull();
    expect(await kept()).toBeNull();
    first.close();
    second.close();
  });

  it('is asked for on, where it is wrong, and the first tab still waits', async () => {
    let isRight = false;
    const { tab, first, kept } = await browser({
      respond: () =>
        isRight ? tokens() : refuse('RespondToAuthChallenge', 'CodeMismatchException', 'no'),
    });
    const second = tab();
    await expect(second.auth.enterLinkCode('87654321')).rejects.toMatchObject({
      code: 'wrong-code',
    });
    expect(second.auth.challenge()).toMatchObject({ kind: 'code', username: 'ann', isFirst: true });
    expect(await kept()).toContain('mail');
    isRight = true;
    expect(await first.auth.enterCode('12345678')).toEqual({ next: 'signed-in' });
    expect(await kept()).toBeNull();
    first.close();
    second.close();
  });

  it.each([
    ['that never asked', {}, true],
    ['of a pool that sends no links', { signInLinks: false }, false],
    ['whose tabs share nothing', { storage: 'session' }, false],
  ] as const)('does nothing in a browser %s', async (_, how, isOther) => {
    const { tab, first, pool } = await browser(how);
    if (isOther) localStorage.clear();
    else sessionStorage.clear();
    const second = tab();
    const before = pool.calls.length;
    expect(await second.auth.enterLinkCode('12345678')).toBeNull();
    expect(second.auth.challenge()).toBeNull();
    expect(pool.calls).toHaveLength(before);
    first.close();
    second.close();
  });

  it('is not waited for any more once it is cancelled, has expired, or was asked for anew', async () => {
    const { first, kept } = await browser();
    first.auth.cancelChallenge();
    expect(await kept()).toBeNull();
    first.close();

    const late = await browser();
    const text = await late.kept();
    vi.setSystemTime(Date.now() + 16 * MINUTE_MS);
    const tab = late.tab();
    expect(await tab.auth.enterLinkCode('12345678')).toBeNull();
    expect(text).not.toBeNull();
    expect(await late.kept()).toBeNull();
    late.first.close();
    tab.close();
    vi.useRealTimers();

    let count = 0;
    const anew = await browser({ begin: () => ({ ...MAIL, Session: `mail-${++count}` }) });
    await anew.first.auth.signIn({ username: 'ann', way: 'email' });
    expect(JSON.parse((await anew.kept()) ?? '')).toMatchObject({ session: 'mail-2' });
    // A tab that gives up leaves alone what another one waits for.
    const other = anew.tab();
    await other.auth.signIn({ username: 'ben', way: 'email' });
    anew.first.auth.cancelChallenge();
    expect(JSON.parse((await anew.kept()) ?? '')).toMatchObject({ session: 'mail-3' });
    anew.first.close();
    other.close();
  });

  it('is not waited for by a second factor', async () => {
    const { kept, first } = await browser({
      begin: () => ({ ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'factor' }),
    });
    expect(first.auth.step()).toBe('code-required');
    expect(await kept()).toBeNull();
    first.close();
  });
});
