import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChallengeNameType } from '@poolhouse/model';
import type { User } from '../domain/users/user.ts';
import { challenges } from './challenges/index.ts';
import {
  configurationOf,
  nextStep,
  type NextStep,
  type StepFacts,
  type Turn,
} from './next-step.ts';

/** Without the choice, which the rows bring themselves. */
const built: readonly Turn[] = Object.values(challenges)
  .filter((one) => one !== 'not-built')
  .filter(({ name }) => name !== 'SELECT_MFA_TYPE');

/** A second factor that users have who carry the attribute. */
const token: Turn = {
  name: 'SOFTWARE_TOKEN_MFA',
  isFactor: true,
  isDue: ({ proofs, user }) =>
    user.attributes['token'] === 'yes' &&
    !proofs.some(({ challenge }) => challenge === 'SOFTWARE_TOKEN_MFA'),
};
const withToken = [...built, token];

const now = Date.UTC(2026, 10, 28);
const user = { enabled: true, status: 'CONFIRMED', attributes: {} } as unknown as User;
const invited: User = { ...user, status: 'FORCE_CHANGE_PASSWORD' };
const holder: User = { ...user, attributes: { token: 'yes' } };

const refuse = (reason: Extract<NextStep, { kind: 'refuse' }>['reason']): NextStep => ({
  kind: 'refuse',
  reason,
});
const asks = (name: ChallengeNameType): NextStep => ({ kind: 'challenge', name });
const tokens: NextStep = { kind: 'tokens' };

type Row = readonly [
  what: string,
  user: User,
  mfa: 'ON' | 'OPTIONAL' | 'OFF' | undefined,
  proved: readonly ChallengeNameType[],
  turns: readonly Turn[],
  next: NextStep,
];

const byPassword = ['PASSWORD'] as const;
const byBoth = ['PASSWORD', 'SOFTWARE_TOKEN_MFA'] as const;
const rows: readonly Row[] = [
  ['nothing proved gets nothing', user, 'OFF', [], built, refuse('factor-missing')],
  ['a password is enough', user, undefined, byPassword, built, tokens],
  ['a password is enough where MFA is off', user, 'OFF', byPassword, withToken, tokens],
  ['optional MFA asks nobody who has no factor', user, 'OPTIONAL', byPassword, withToken, tokens],
  [
    'a factor that somebody has is asked for',
    holder,
    'OPTIONAL',
    byPassword,
    withToken,
    asks('SOFTWARE_TOKEN_MFA'),
  ],
  ['and not again', holder, 'OPTIONAL', byBoth, withToken, tokens],
  [
    'required MFA refuses where nothing is built',
    user,
    'ON',
    byPassword,
    built,
    refuse('factor-missing'),
  ],
  [
    'required MFA refuses whom it cannot ask',
    user,
    'ON',
    byPassword,
    withToken,
    refuse('factor-missing'),
  ],
  ['required MFA asks', holder, 'ON', byPassword, withToken, asks('SOFTWARE_TOKEN_MFA')],
  ['required MFA is met by two factors', holder, 'ON', byBoth, withToken, tokens],
  [
    'one factor proved twice is one',
    user,
    'ON',
    ['PASSWORD', 'PASSWORD_VERIFIER'],
    withToken,
    refuse('factor-missing'),
  ],
  [
    'who was invited chooses a password',
    invited,
    'OFF',
    byPassword,
    built,
    asks('NEW_PASSWORD_REQUIRED'),
  ],
  [
    'who was invited is refused at once where a factor is missing',
    invited,
    'ON',
    byPassword,
    built,
    refuse('factor-missing'),
  ],
  [
    'who was invited chooses a password before the second factor',
    { ...holder, status: 'FORCE_CHANGE_PASSWORD' },
    'ON',
    byPassword,
    withToken,
    asks('NEW_PASSWORD_REQUIRED'),
  ],
  [
    'a temporary password ends at its very moment',
    { ...invited, temporaryPasswordExpiresAtMs: now },
    'OFF',
    byPassword,
    built,
    refuse('temporary-password-expired'),
  ],
  [
    'and not before',
    { ...invited, temporaryPasswordExpiresAtMs: now + 1 },
    'OFF',
    byPassword,
    built,
    asks('NEW_PASSWORD_REQUIRED'),
  ],
  [
    'the end of a former temporary password means nothing',
    { ...user, temporaryPasswordExpiresAtMs: now },
    'OFF',
    byPassword,
    built,
    tokens,
  ],
  [
    'who must choose a password and cannot be asked gets nothing',
    invited,
    'OFF',
    byPassword,
    [],
    refuse('must-change-password'),
  ],
  [
    'disabled comes first',
    { ...invited, enabled: false },
    'ON',
    byPassword,
    built,
    refuse('disabled'),
  ],
  [
    'whom only a provider signs in gets nothing here',
    { ...holder, status: 'EXTERNAL_PROVIDER' },
    'OFF',
    byPassword,
    built,
    refuse('external'),
  ],
  [
    'unconfirmed',
    { ...holder, status: 'UNCONFIRMED' },
    'ON',
    byPassword,
    withToken,
    refuse('unconfirmed'),
  ],
  [
    'a reset password',
    { ...holder, status: 'RESET_REQUIRED' },
    'ON',
    byPassword,
    withToken,
    refuse('reset-required'),
  ],
];

/** Users have it who carry the attribute `phone`. */
const phone: Turn = {
  name: 'SMS_MFA',
  isFactor: true,
  isDue: ({ user }) => user.attributes['phone'] === 'yes',
};
const choice: Turn = {
  name: 'SELECT_MFA_TYPE',
  isFactor: false,
  isChoice: true,
  isDue: () => true,
};
const withChoice = [...withToken, choice, phone];
const both: User = { ...user, attributes: { token: 'yes', phone: 'yes' } };
const offers = (...offered: readonly ChallengeNameType[]): NextStep => ({
  ...{ kind: 'challenge', name: 'SELECT_MFA_TYPE', offered },
});
const choices: readonly Row[] = [
  [
    'who has two factors chooses',
    both,
    'ON',
    byPassword,
    withChoice,
    offers('SOFTWARE_TOKEN_MFA', 'SMS_MFA'),
  ],
  ['who has one is asked for it', holder, 'ON', byPassword, withChoice, asks('SOFTWARE_TOKEN_MFA')],
  ['who has none chooses nothing', user, 'OPTIONAL', byPassword, withChoice, tokens],
  ['a choice is no factor', user, 'ON', byPassword, withChoice, refuse('factor-missing')],
  [
    'where there is no choice, the first is asked for',
    both,
    'ON',
    byPassword,
    [...withToken, phone],
    asks('SOFTWARE_TOKEN_MFA'),
  ],
  [
    'a choice that is not due is none',
    both,
    'ON',
    byPassword,
    [...withToken, { ...choice, isDue: () => false }, phone],
    asks('SOFTWARE_TOKEN_MFA'),
  ],
  [
    'a new password comes before the choice',
    { ...both, status: 'FORCE_CHANGE_PASSWORD' },
    'ON',
    byPassword,
    withChoice,
    asks('NEW_PASSWORD_REQUIRED'),
  ],
];

for (const [what, who, MfaConfiguration, proved, turns, next] of [...rows, ...choices]) {
  test(what, () => {
    const facts: StepFacts = {
      proofs: proved.map((challenge) => ({ challenge, atMs: now })),
      pool: { settings: { MfaConfiguration } as StepFacts['pool']['settings'] },
      client: { settings: {} },
      configurations: { mfa: undefined },
      user: who,
      nowMs: now,
    };
    assert.deepEqual(nextStep(facts, turns), next);
  });
}

test('what a turn needs is what was read, and what was not read is nothing to go by', () => {
  const mfa = { SoftwareTokenMfaConfiguration: { Enabled: true } };
  assert.deepEqual(configurationOf({ configurations: { mfa } }, 'mfa'), mfa);
  assert.equal(configurationOf({ configurations: { mfa: undefined } }, 'mfa'), undefined);
  assert.throws(() => configurationOf({ configurations: { mfa } }, 'risk'), /risk/);
});
