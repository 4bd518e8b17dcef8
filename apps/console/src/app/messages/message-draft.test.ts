import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserPoolType } from '@poolhouse/model';
import { wholeUpdate } from '../api/pool-update.ts';
import { MessageDraft } from './message-draft.ts';

const pool: UserPoolType = {
  Id: 'local_aaaaaaaaa',
  EmailVerificationMessage: 'Code: {####}',
  EmailVerificationSubject: 'Code',
  VerificationMessageTemplate: {
    DefaultEmailOption: 'CONFIRM_WITH_CODE',
    EmailMessage: 'Code: {####}',
    EmailSubject: 'Code',
  },
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', From: 'shop@example.com' },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  DeletionProtection: 'ACTIVE',
};
const draft = new MessageDraft(pool);

test('what is not about messages stays as it is when they are saved', () => {
  const input = wholeUpdate(pool, draft.with({ confirmBy: 'link' }).changes);
  assert.equal(input.DeletionProtection, 'ACTIVE');
  assert.equal(input.AdminCreateUserConfig?.AllowAdminCreateUserOnly, true);
  assert.equal(input.EmailConfiguration?.EmailSendingAccount, 'COGNITO_DEFAULT');
  assert.equal(input.VerificationMessageTemplate?.DefaultEmailOption, 'CONFIRM_WITH_LINK');
  assert.equal(input.VerificationMessageTemplate?.EmailMessage, 'Code: {####}');
});

test('an emptied text goes back to the default, in both places that hold it', () => {
  const input = wholeUpdate(pool, draft.withText('code', 'email', '').changes);
  assert.equal(input.VerificationMessageTemplate?.EmailMessage, undefined);
  assert.equal(input.EmailVerificationMessage, undefined);
  assert.equal(input.VerificationMessageTemplate?.EmailSubject, 'Code');
});

test('the preview fills the placeholders of its kind alone, and quotes values', () => {
  assert.equal(draft.preview('code').body, 'Code: 123456');
  assert.equal(draft.preview('code').sms, 'Your verification code is 123456. ');
  const odd = draft.withText('code', 'email', '<b>{####}</b> {username} {##here##}');
  assert.equal(odd.preview('code').body, '<b>123456</b> {username} {##here##}');
  assert.match(draft.preview('link').body, /<a href="#">Verify Email<\/a>/);
  assert.match(
    draft.preview('invitation').sms,
    /mara and temporary password is Temporary-Password-1/,
  );
});

test('what the API would refuse, or would not send, is named at its field', () => {
  assert.deepEqual(draft.problems, {});
  const cases = [
    ['code', 'email', 'Hi {####', 'needs-code'],
    ['code', 'email', 'x', 'short'],
    ['code', 'sms', `{####}${'x'.repeat(140)}`, 'sms-long'],
    ['link', 'email', 'Click {####}', 'needs-link'],
    ['invitation', 'email', 'Password {####}', 'needs-name'],
    ['invitation', 'sms', 'Hello {username}', 'needs-code'],
    ['code', 'subject', 'x'.repeat(141), 'subject-long'],
  ] as const;
  for (const [kind, part, text, problem] of cases) {
    assert.deepEqual(draft.withText(kind, part, text).problems, { [`${kind}.${part}`]: problem });
  }
  assert.deepEqual(draft.with({ from: 'shop' }).problems, { from: 'address' });
  assert.deepEqual(draft.with({ from: 'Shop <shop@example.com>' }).problems, {});
});
