import { computed, signal } from '@angular/core';
import { AuthError, englishTexts, type PoolhouseConfig } from '@poolhouse/angular';
import { englishScreenTexts as screenTexts } from '@poolhouse/angular/fields';
import { FakeAuth, type FakePoolhouse } from '@poolhouse/angular/testing';
import { clientSettings, type ToldSettings } from '../../src/settings/client-settings';
import { TOLD } from '../../src/testing/told-settings';
import { Journey } from './journey';

const PASSWORD = 'Abcdef1!';
const words = screenTexts;

function setUp(config: Partial<PoolhouseConfig> = {}, fake: FakePoolhouse = {}) {
  const auth = new FakeAuth(fake);
  const journey = new Journey(auth, englishTexts, signal(clientSettings(config, null)));
  const calls = () => auth.calls.map(({ method }) => method);
  return { auth, journey, calls };
}

/** Types a sign-up, and sends it. */
async function signUp(journey: Journey, username = 'mara') {
  journey.go('sign-up');
  journey.signUp.username.value.set(username);
  attribute(journey, 'email').value.set('mara@example.com');
  journey.signUp.password.value.set(PASSWORD);
  const next = await journey.signUp.submit();
  if (next) journey.go(next);
  return next;
}

function attribute(journey: Journey, name: string) {
  const found = journey.signUp.attributes().find((entry) => entry.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found.field;
}

describe('going back', () => {
  it('to the code of an account that is confirmed leads to signing in', async () => {
    const { auth, journey } = setUp();
    await signUp(journey);
    journey.confirm.code.value.set('123456');
    auth.failNext('signIn', 'network');
    journey.go((await journey.confirm.submit()) ?? 'sign-up');
    expect(journey.screen()).toBe('sign-in');
    journey.revisit('confirm');
    expect(journey.screen()).toBe('sign-in');
    expect(journey.notice()).toBe(words.confirmed);
    journey.name.value.set('ben');
    journey.revisit('confirm');
    expect(journey.screen()).toBe('confirm');
  });
});

describe('signing in', () => {
  it('sends the trimmed name and the password as it is', async () => {
    const { auth, journey } = setUp();
    journey.name.value.set(' mara ');
    journey.signIn.password.value.set(' Abcdef1! ');
    expect(await journey.signIn.submit()).toBe('signed-in');
    expect(auth.calls.at(-1)?.args).toEqual([{ username: 'mara', password: ' Abcdef1! ' }]);
  });

  it('keeps what was typed when the service refuses', async () => {
    const { auth, journey } = setUp();
    journey.name.value.set('mara');
    journey.signIn.password.value.set('wrong');
    auth.failNext('signIn', 'wrong-credentials');
    expect(await journey.signIn.submit()).toBeNull();
    expect(journey.signIn.form.error()).toBe(englishTexts.errors['wrong-credentials']);
    expect([journey.name.value(), journey.signIn.password.value()]).toEqual(['mara', 'wrong']);
  });

  it('drops passwords once signed in', async () => {
    const { journey } = setUp();
    await signUp(journey);
    journey.confirm.code.value.set('123456');
    journey.go((await journey.confirm.submit()) ?? 'sign-up');
    expect(journey.password).toBe('');
    expect(journey.signUp.password.value()).toBe('');
    expect(journey.screen()).toBe('sign-in');
  });

  it('leads to a reset when an administrator asked for one, with the name', async () => {
    const { auth, journey } = setUp();
    journey.name.value.set('mara');
    journey.signIn.password.value.set('old');
    auth.failNext('signIn', 'password-reset-required');
    expect(await journey.signIn.submit()).toBe('reset-password');
    expect(journey.notice()).toBe(words.resetRequired);
    expect(journey.name.value()).toBe('mara');
  });

  it.each([
    [['username'], 'User name'],
    [['email'], 'Email'],
    [['username', 'email'], 'User name or email'],
    [['username', 'email', 'preferred_username'], 'User name, email or preferred user name'],
  ] as const)('asks for %j in words', (signInNames, label) => {
    expect(setUp({ signInNames }).journey.nameLabel()).toBe(label);
  });
});

describe('signing up', () => {
  it('asks for the code, and signs in with it', async () => {
    const { auth, journey, calls } = setUp();
    expect(await signUp(journey)).toBe('confirm');
    expect(auth.calls.at(-1)?.args).toEqual([
      { username: 'mara', password: PASSWORD, attributes: { email: 'mara@example.com' } },
    ]);
    journey.confirm.code.value.set('123 456');
    expect(await journey.confirm.submit()).toBe('signed-in');
    expect(calls().slice(-2)).toEqual(['confirmSignUp', 'signIn']);
    expect(auth.user()?.username).toBe('mara');
  });

  it('shows the address as it was typed, so that a slip is noticed', async () => {
    const { auth, journey } = setUp();
    const before = auth.signUp.bind(auth);
    auth.signUp = async (input) => ({
      ...(await before(input)),
      destination: { medium: 'email', address: 'm***@e***', attribute: 'email' },
    });
    await signUp(journey);
    expect(journey.address()).toBe('mara@example.com');
  });

  it('does not show the address of one account to another', async () => {
    const { auth, journey } = setUp();
    await signUp(journey);
    expect(journey.address()).toBe('mara@example.com');
    journey.leaveFor('sign-in');
    auth.failNext('resendCode', 'network');
    journey.name.value.set('jun');
    expect(journey.address()).toBe(words.yourAddress);
    await journey.confirm.resend();
    await journey.confirm.resend();
    expect(journey.address()).toBe('a***@e***');
  });

  it('without user names sends the address as the name, and points at it', async () => {
    const { auth, journey } = setUp({ signInNames: ['email'], signUp: { attributes: ['name'] } });
    expect(journey.signUp.hasUsername).toBe(false);
    attribute(journey, 'email').value.set(' mara@example.com');
    attribute(journey, 'name').value.set('Mara');
    journey.signUp.password.value.set(PASSWORD);
    auth.failNext(
      'signUp',
      new AuthError({
        code: 'username-taken',
        field: 'username',
        message: 'Taken.',
      }),
    );
    expect(await journey.signUp.submit()).toBeNull();
    expect(attribute(journey, 'email').shown()).toBe('Taken.');
    expect(await journey.signUp.submit()).toBeNull();
    attribute(journey, 'email').value.set('mara@example.org');
    expect(await journey.signUp.submit()).toBe('confirm');
    expect(auth.calls.at(-1)?.args).toEqual([
      {
        username: 'mara@example.org',
        password: PASSWORD,
        attributes: { email: 'mara@example.org', name: 'Mara' },
      },
    ]);
    expect(journey.name.value()).toBe('mara@example.org');
  });

  it('keeps values when other attributes are asked for, and sends no empty ones', async () => {
    const { auth, journey } = setUp();
    attribute(journey, 'email').value.set('mara@example.com');
    journey.signUp.ask(['email', { name: 'nickname', required: false }]);
    await signUp(journey);
    expect(auth.calls.at(-1)?.args).toEqual([
      { username: 'mara', password: PASSWORD, attributes: { email: 'mara@example.com' } },
    ]);
  });

  it('does not send a password that the policy refuses', async () => {
    const { journey, calls } = setUp({ passwordPolicy: { minimumLength: 12 } });
    expect(await signUp(journey)).toBeNull();
    expect(calls()).toEqual([]);
    expect(journey.signUp.password.shown()).toBe('Still missing: 12 or more characters.');
  });
});

describe('what was typed', () => {
  it.each([
    ['mara', 'mara', ''],
    ['mara@example.com', '', 'mara@example.com'],
  ])('as name %j goes along to sign-up, and back', (typed, username, email) => {
    const { journey } = setUp();
    journey.name.value.set(typed);
    journey.leaveFor('sign-up');
    expect(journey.signUp.username.value()).toBe(username);
    expect(attribute(journey, 'email').value()).toBe(email);
    journey.leaveFor('sign-in');
    expect(journey.name.value()).toBe(typed);
  });

  it('at sign-up serves for signing in, and stays', () => {
    const { journey } = setUp();
    journey.leaveFor('sign-up');
    journey.signUp.username.value.set('mara');
    journey.signUp.password.value.set('Abc');
    journey.leaveFor('sign-in');
    expect(journey.name.value()).toBe('mara');
    journey.leaveFor('sign-up');
    expect(journey.signUp.password.value()).toBe('Abc');
  });
});

describe('confirming', () => {
  it('goes to sign-in when the password is not known any more', async () => {
    const { journey } = setUp();
    await signUp(journey);
    journey.password = '';
    journey.confirm.code.value.set('123456');
    expect(await journey.confirm.submit()).toBe('sign-in');
    expect(journey.notice()).toBe(words.confirmed);
    expect(journey.name.value()).toBe('mara');
  });

  it('takes "already confirmed" for good news', async () => {
    const { auth, journey } = setUp();
    await signUp(journey);
    auth.failNext('resendCode', 'already-confirmed');
    expect(await journey.confirm.resend()).toBe('sign-in');
    expect(journey.notice()).toBe(words.confirmed);
  });

  it('by link asks nothing, looks by signing in, and says when it is too early', async () => {
    const { journey, calls } = setUp({ signUpVerification: 'link' }, { accounts: {} });
    await signUp(journey);
    journey.verification.set('link');
    expect(await journey.confirm.submit()).toBeNull();
    expect(journey.confirm.form.error()).toBe(words.linkNotYet);
    expect(calls().at(-1)).toBe('signIn');
  });

  it('asks for the code where an SMS went, which holds no link', async () => {
    const { journey } = setUp({ signUpVerification: 'link' });
    expect(journey.verification()).toBe('link');
    journey.name.value.set('mara');
    journey.sentTo({ medium: 'sms', address: '+***44' });
    expect(journey.verification()).toBe('code');
  });

  it('says where the message went again, or why it did not', async () => {
    const { auth, journey } = setUp();
    await signUp(journey);
    await journey.confirm.resend();
    expect(journey.notice()).toMatch(/^Sent again to .+\.$/);
    auth.failNext('resendCode', 'too-many-attempts');
    expect(await journey.confirm.resend()).toBeNull();
    expect(journey.notice()).toBeNull();
    expect(journey.confirm.again.error()).toBe(englishTexts.errors['too-many-attempts']);
  });

  it('leaves the challenge when the person goes back to sign in', async () => {
    const { auth, journey } = setUp();
    await signUp(journey);
    expect(auth.step()).toBe('confirmation-required');
    journey.leaveFor('sign-in');
    expect(auth.step()).toBe('none');
  });
});

describe('a forgotten password', () => {
  it('is changed in two steps, and signs in', async () => {
    const { journey, calls } = setUp();
    journey.name.value.set('mara');
    await journey.reset.ask();
    expect(journey.reset.step()).toBe('change');
    journey.reset.code.value.set('123456');
    journey.reset.password.value.set(PASSWORD);
    expect(await journey.reset.submit()).toBe('signed-in');
    expect(calls()).toEqual(['forgotPassword', 'confirmForgotPassword', 'signIn']);
  });

  it('keeps the new password when the code is wrong', async () => {
    const { journey } = setUp();
    journey.name.value.set('mara');
    await journey.reset.haveCode();
    journey.reset.code.value.set('000000');
    journey.reset.password.value.set(PASSWORD);
    expect(await journey.reset.submit()).toBeNull();
    expect(journey.reset.password.value()).toBe(PASSWORD);
    expect(journey.reset.code.shown() ?? journey.reset.changing.error()).toBe(
      englishTexts.errors['wrong-code'],
    );
  });

  it('needs a name first', async () => {
    const { journey, calls } = setUp();
    await journey.reset.ask();
    await journey.reset.haveCode();
    expect([journey.reset.step(), calls()]).toEqual(['ask', []]);
    expect(journey.name.shown()).toBe('Enter your user name.');
  });

  it('leads to sign-in when signing in asks for more than the password', async () => {
    const { auth, journey } = setUp();
    journey.name.value.set('mara');
    await journey.reset.ask();
    journey.reset.code.value.set('123456');
    journey.reset.password.value.set(PASSWORD);
    auth.failNext('signIn', 'unsupported');
    expect(await journey.reset.submit()).toBe('sign-in');
    expect(journey.notice()).toBe(words.resetDone);
  });
});

describe('a password that an administrator gave', () => {
  it('is replaced, with the attributes that are missing', async () => {
    const { auth, journey } = setUp({
      signUp: { attributes: ['email', { name: 'custom:size', label: 'Shirt size' }] },
    });
    auth.askForNewPassword('mara');
    journey.name.value.set('mara');
    journey.signIn.password.value.set('temporary');
    expect(await journey.signIn.submit()).toBe('new-password');
    journey.missingAttributes.set(['custom:size']);
    const [size] = journey.newPassword.attributes();
    expect(size?.label).toBe('Shirt size');
    journey.newPassword.password.value.set(PASSWORD);
    expect(await journey.newPassword.submit()).toBeNull();
    size?.field.value.set('M');
    expect(await journey.newPassword.submit()).toBe('signed-in');
    expect(auth.calls.at(-1)?.args).toEqual([
      { password: PASSWORD, attributes: { 'custom:size': 'M' } },
    ]);
  });

  it('goes back to sign-in when it took too long, and says so', async () => {
    const { auth, journey } = setUp();
    auth.askForNewPassword('mara');
    journey.name.value.set('mara');
    journey.signIn.password.value.set('temporary');
    await journey.signIn.submit();
    journey.newPassword.password.value.set(PASSWORD);
    auth.failNext('completeNewPassword', 'challenge-expired');
    expect(await journey.newPassword.submit()).toBe('sign-in');
    expect(journey.notice()).toBe(englishTexts.errors['challenge-expired']);
  });

  it('is asked for at once where another page signed in', async () => {
    const { auth, journey } = setUp();
    auth.askForNewPassword('mara');
    await auth.signIn({ username: 'mara', password: 'temporary' });
    journey.begin('sign-up');
    expect(journey.screen()).toBe('new-password');
    expect(journey.name.value()).toBe('mara');
  });
});

describe('a pool that tells how it is set', () => {
  it('changes what the screens ask for, also when it tells it late', () => {
    const told = signal<ToldSettings | null>(null);
    const settings = computed(() => clientSettings({}, told()));
    const journey = new Journey(new FakeAuth(), englishTexts, settings);
    expect(journey.nameLabel()).toBe(words.nameUsername);
    expect(journey.signUp.hasUsername).toBe(true);
    expect(journey.verification()).toBe('code');
    const signUp = { ...TOLD.signUp, open: false };
    told.set({ ...TOLD, signInNames: ['email'], signUp });
    expect(journey.nameLabel()).toBe(words.nameEmail);
    expect(journey.signUp.hasUsername).toBe(false);
    expect(journey.rulesFor('x')?.length).toBe(1);
    expect(journey.settings().signUpOpen).toBe(false);
    expect(journey.verification()).toBe('link');
  });
});
