import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { operations } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import type { FactorChange } from '../domain/users/factor-changes.ts';
import { registry } from '../registry.ts';
import { challenges } from '../sign-in/challenges/index.ts';
import { factorPaths } from '../testing/factor-paths.ts';
import { factorTasks, MAIL, type FactorCase } from '../testing/factor-tasks.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { configurePasskeys } from '../testing/passkeys.ts';
import { attributes, goodPassword, signIn } from '../testing/signed-in.ts';
import { sms } from '../testing/sms-role.ts';
import { FLOWS } from '../testing/target.ts';
import { noticeTexts } from './notice-texts.ts';

async function stageOf(harness: Harness, { pool, mfa }: Pick<FactorCase, 'pool' | 'mfa'>) {
  const made = await harness.makePool(
    { AutoVerifiedAttributes: ['email', 'phone_number'], ...pool },
    { ExplicitAuthFlows: [...FLOWS] },
  );
  const { UserPoolId } = made;
  const named = { UserPoolId, Username: 'ada' };
  await harness.call('AdminCreateUser', {
    ...named,
    UserAttributes: attributes({ email: MAIL, email_verified: 'true' }),
    MessageAction: 'SUPPRESS',
  });
  await harness.call('AdminSetUserPassword', {
    ...named,
    Password: goodPassword,
    Permanent: true,
  });
  const { AccessToken } = await signIn(harness, made, 'ada');
  await harness.call('SetUserPoolMfaConfig', {
    UserPoolId,
    MfaConfiguration: mfa ?? 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
    ...(mfa === undefined && {
      SmsMfaConfiguration: { SmsConfiguration: sms },
      EmailMfaConfiguration: {},
    }),
  });
  if (mfa === undefined) await configurePasskeys(harness, made, { RelyingPartyId: 'localhost' });
  return { harness, made, AccessToken, named };
}

/** The notices in the outbox, oldest first. */
async function noticesIn(harness: Harness) {
  return (await harness.notices()).toReversed();
}

const sentence = (change: FactorChange) =>
  /<li>(.*)<\/li>/.exec(noticeTexts([change], 0).email)?.[1] ?? '';

async function tells(t: TestContext, one: FactorCase, database: MakeDatabase): Promise<void> {
  const harness = await openHarness(t, { database });
  const run = await one.prepare(await stageOf(harness, one));
  const before = (await noticesIn(harness)).length;
  // Messages of one moment have no order.
  harness.advance(1);
  await run();
  const notices = (await noticesIn(harness)).slice(before);
  const { tells: changes, to = [MAIL] } = one;
  assert.deepEqual(
    notices.map((notice) => notice.to).toSorted(),
    changes.length === 0 ? [] : to.toSorted(),
  );
  for (const { medium, body, subject } of notices) {
    if (medium === 'SMS') continue;
    assert.equal(subject, 'Your account has changed');
    const said = [...body.matchAll(/<li>(.*?)<\/li>/g)].map(([, text]) => text);
    assert.deepEqual(said, changes.map(sentence));
  }
}

test('every operation that writes users, passkeys or devices says which factors it changes, and no other is listed', () => {
  const writing = [...registry.values()]
    .filter(({ needs }) =>
      (['users', 'passkeys', 'devices'] as const).some((one) => needs.includes(one)),
    )
    .map(({ name }) => name)
    .filter((name) => operations[name].access !== 'read');
  assert.deepEqual(Object.keys(factorPaths).toSorted(), writing.toSorted());
});

test('every task of a sign-in says which factors it changes', () => {
  const withWork = Object.values(challenges)
    .filter((challenge) => typeof challenge === 'object' && 'carryOut' in challenge)
    .map((challenge) => (typeof challenge === 'object' ? challenge.name : ''));
  assert.deepEqual(withWork.toSorted(), Object.keys(factorTasks).toSorted());
});

for (const [operation, row = []] of Object.entries(factorPaths)) {
  if (typeof row === 'string') continue;
  for (const one of row) {
    test(`${operation}, ${one.name}: the user is told`, (t) => tells(t, one, sqliteTestDatabase));
    test(
      `${operation}, ${one.name}: the user is told, on PostgreSQL`,
      { skip: postgresSkipReason },
      (t) => tells(t, one, postgresTestDatabase),
    );
  }
}
