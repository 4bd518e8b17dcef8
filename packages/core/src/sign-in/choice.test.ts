import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ChallengeNameType, InputOf } from '@poolhouse/model';
import { sessionOf } from '../testing/signed-in.ts';
import { CODE, openWithChallenges, refused, testFactor } from '../testing/test-challenges.ts';
import type { ChoiceChallenge } from './challenges/challenge.ts';
import type { StepFacts } from './next-step.ts';
import type { Outcome } from './outcome.ts';

/* Who has several second factors chooses one, and answers that one alone. */

const unavailable = 'Selected challenge is not available';
const invalid = 'Invalid session for the user.';
const used = 'Invalid session for the user, session can only be used once.';

/** Due for whoever has it and has proved no second factor. */
const dueFor =
  (...nicknames: readonly string[]) =>
  ({ proofs, user }: StepFacts) =>
    proofs.length < 2 && nicknames.includes(user.attributes['nickname'] ?? '');
const challenges = {
  SOFTWARE_TOKEN_MFA: testFactor('SOFTWARE_TOKEN_MFA', '', {
    isDue: dueFor('both', 'all', 'token'),
  }),
  SMS_MFA: testFactor('SMS_MFA', '', { isDue: dueFor('both', 'all', 'phone') }),
  EMAIL_OTP: testFactor('EMAIL_OTP', '', { isDue: dueFor('all') }),
  SELECT_MFA_TYPE: {
    name: 'SELECT_MFA_TYPE',
    carrier: 'Session',
    isFactor: false,
    isChoice: true,
    isDue: () => true,
    readAnswer: () => undefined,
    ask: (offered) => ({ parameters: { MFAS_CAN_CHOOSE: JSON.stringify(offered) } }),
  } satisfies ChoiceChallenge,
} as const;

async function open(t: TestContext, pool: Partial<InputOf<'CreateUserPool'>> = {}) {
  const opened = await openWithChallenges(t, challenges, 'both', pool);
  const { harness, user, answer } = opened;
  const has = (Value: string) => {
    const UserAttributes = [{ Name: 'nickname', Value }];
    return harness.call('AdminUpdateUserAttributes', { ...user, UserAttributes });
  };
  const choose = (asked: Outcome, ANSWER: string) => answer(asked, { ANSWER }, 'SELECT_MFA_TYPE');
  const code = (asked: Outcome, name: ChallengeNameType, typed = CODE) =>
    answer(asked, { [`${name}_CODE`]: typed }, name);
  return { ...opened, has, choose, code };
}

for (const name of ['SOFTWARE_TOKEN_MFA', 'SMS_MFA'] as const) {
  test(`${name} is chosen, asked, and enough, where MFA is required too`, async (t) => {
    const { harness, start, choose, code } = await open(t, {
      MfaConfiguration: 'ON',
      AutoVerifiedAttributes: ['phone_number'],
    });
    const asked = await start();
    assert(asked.kind === 'challenge');
    assert.equal(asked.name, 'SELECT_MFA_TYPE');
    const offered = JSON.parse(asked.parameters['MFAS_CAN_CHOOSE'] ?? '') as unknown;
    assert.deepEqual(offered, ['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
    const chosen = await choose(asked, name);
    assert.equal(chosen.kind === 'challenge' && chosen.name, name);
    const outcome = await code(chosen, name);
    assert(outcome.kind === 'tokens');
    const { proofs = [] } = await sessionOf(harness, outcome.tokens.RefreshToken);
    assert.deepEqual(
      proofs.map(({ challenge }) => challenge),
      ['PASSWORD', name],
    );
  });
}

test('what was not offered cannot be chosen, and leaves the Session as it is', async (t) => {
  const { start, choose } = await open(t);
  const asked = await start();
  for (const answer of ['EMAIL_OTP', 'PASSWORD', 'SELECT_MFA_TYPE', 'nonsense', '']) {
    await assert.rejects(
      choose(asked, answer),
      refused('InvalidParameterException', unavailable),
      answer,
    );
  }
  assert.equal((await choose(asked, 'SMS_MFA')).kind, 'challenge');
});

test('what was offered and is no more cannot be chosen, nor what came since', async (t) => {
  const { start, choose, has } = await open(t);
  const two = await start();
  await has('all');
  const three = await start();
  const refusal = refused('InvalidParameterException', unavailable);
  await assert.rejects(choose(two, 'EMAIL_OTP'), refusal);
  await has('both');
  await assert.rejects(choose(three, 'EMAIL_OTP'), refusal);
  assert.equal((await choose(three, 'SMS_MFA')).kind, 'challenge');
});

test('a choice is made once, also at the same time', async (t) => {
  const { start, choose } = await open(t);
  const asked = await start();
  const all = await Promise.allSettled(
    ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'SMS_MFA'].map((name) => choose(asked, name)),
  );
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
  await assert.rejects(choose(asked, 'SMS_MFA'), refused('NotAuthorizedException', used));
});

test('a Session before the choice takes no code, and one after it only that of its factor', async (t) => {
  const { start, choose, code } = await open(t);
  const asked = await start();
  const refusal = refused('NotAuthorizedException', invalid);
  await assert.rejects(code(asked, 'SMS_MFA'), refusal);
  const chosen = await choose(asked, 'SMS_MFA');
  await assert.rejects(code(chosen, 'SOFTWARE_TOKEN_MFA'), refusal);
  await assert.rejects(choose(chosen, 'SOFTWARE_TOKEN_MFA'), refusal);
  assert.equal((await code(chosen, 'SMS_MFA')).kind, 'tokens');
});

test('a choice that is none any more is overtaken', async (t) => {
  const { start, choose, has } = await open(t);
  const asked = await start();
  await has('token');
  await assert.rejects(choose(asked, 'SMS_MFA'), refused('NotAuthorizedException', invalid));
});

test('choosing again and again does not begin the count of wrong codes anew', async (t) => {
  const { start, choose, code } = await open(t);
  const incorrect = refused('NotAuthorizedException', 'Incorrect username or password.');
  let chosen = await choose(await start(), 'SMS_MFA');
  for (let at = 0; at < 4; at += 1) {
    await assert.rejects(code(chosen, 'SMS_MFA', '000000'), incorrect);
    chosen = await choose(await start(), 'SMS_MFA');
  }
  const waiting = await start();
  await assert.rejects(code(chosen, 'SMS_MFA', '000000'), incorrect);
  const locked = refused('NotAuthorizedException', 'Password attempts exceeded');
  await assert.rejects(choose(waiting, 'SMS_MFA'), locked);
  await assert.rejects(start(), locked);
});

test('who is disabled or has another password since is asked nothing more', async (t) => {
  const { harness, user, start, choose } = await open(t);
  const asked = await start();
  await harness.call('AdminDisableUser', user);
  const disabled = refused('NotAuthorizedException', 'User is disabled.');
  await assert.rejects(choose(asked, 'SMS_MFA'), disabled);
  await harness.call('AdminEnableUser', user);
  const Password = 'Another-Horse-8';
  await harness.call('AdminSetUserPassword', { ...user, Password, Permanent: true });
  await assert.rejects(choose(asked, 'SMS_MFA'), refused('NotAuthorizedException', invalid));
});
