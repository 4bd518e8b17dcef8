import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool, PoolSettings } from '../domain/pools/pool.ts';
import * as compose from './compose.ts';
import type { MessageFacts } from './compose.ts';
import { poolTemplates } from './templates.ts';

const poolWith = (settings: Partial<PoolSettings> = {}): Pool => ({ settings }) as Pool;
const templates = (pool: Pool, of: MessageFacts) => poolTemplates(pool, compose.kindOf(of));
const composeEmail = (pool: Pool, of: MessageFacts) =>
  compose.composeEmail(pool, of, templates(pool, of));
const composeSms = (pool: Pool, of: MessageFacts) => compose.composeSms(of, templates(pool, of));
const facts: MessageFacts = { occasion: 'SignUp', username: 'ada', code: '012345' };
const link = 'http://localhost:8400/d/p/confirmUser/?client_id=c&user_name=ada&confirmation_code=1';

test('default texts hold the code, ready to type', () => {
  const mail = composeEmail(poolWith(), facts);
  assert.equal(mail.subject, 'Your verification code');
  assert.equal(mail.body, 'Your verification code is 012345. ');
  assert.equal(mail.code, '012345');
  assert.equal('link' in mail, false);
  assert.deepEqual(composeSms(poolWith(), facts), {
    occasion: 'SignUp',
    body: 'Your verification code is 012345. ',
    code: '012345',
    username: 'ada',
  });
});

test('invitations hold the user name and the temporary password', () => {
  const invitation = { ...facts, occasion: 'AdminCreateUser', code: 'a<b&"1' } as const;
  const mail = composeEmail(poolWith(), invitation);
  assert.equal(mail.subject, 'Your temporary password');
  assert.match(mail.body, /username is ada and temporary password is a&lt;b&amp;&quot;1\. $/);
  assert.match(composeSms(poolWith(), invitation).body, /temporary password is a<b&"1\. $/);
});

test('a link mail holds the link, escaped for HTML, and no code beside it', () => {
  const mail = composeEmail(poolWith(), { ...facts, link });
  assert.equal(mail.subject, 'Your verification link');
  assert.equal(
    mail.body,
    'Please click the link below to verify your email address. ' +
      `<a href="${link.replaceAll('&', '&amp;')}">Verify Email</a> `,
  );
  assert.equal(mail.link, link);
  assert.equal('code' in mail, false);
});

test("the pool's own texts win, the newer setting over the older", () => {
  const older = {
    EmailVerificationSubject: 'old',
    EmailVerificationMessage: 'old {####}',
    SmsVerificationMessage: 'old {####}',
  };
  const VerificationMessageTemplate = {
    EmailSubject: 'new {####}',
    EmailMessage: '<p>{####}</p>',
    SmsMessage: 'new {####}',
    EmailSubjectByLink: 'by link',
    EmailMessageByLink: 'code {####} or {##go{##}',
  };
  assert.equal(composeEmail(poolWith(older), facts).body, 'old 012345');
  const pool = poolWith({ ...older, VerificationMessageTemplate });
  const { subject, body } = composeEmail(pool, facts);
  assert.deepEqual([subject, body], ['new 012345', '<p>012345</p>']);
  assert.equal(composeSms(pool, facts).body, 'new 012345');
  const byLink = composeEmail(pool, { ...facts, link: 'http://x/' });
  assert.deepEqual(
    [byLink.subject, byLink.body],
    ['by link', 'code 012345 or <a href="http://x/">go{</a>'],
  );
});

test('values are never taken for placeholders, and user names stand in invitations only', () => {
  const nasty = { username: '{####}<i>$&', code: '{username}{##x##}' };
  const template = { EmailMessage: '{username}|{####}', SMSMessage: '{####}|{username}' };
  const invite = poolWith({ AdminCreateUserConfig: { InviteMessageTemplate: template } });
  const invitation = { ...nasty, occasion: 'AdminCreateUser' } as const;
  assert.equal(composeEmail(invite, invitation).body, '{####}&lt;i&gt;$&amp;|{username}{##x##}');
  assert.equal(composeSms(invite, invitation).body, '{username}{##x##}|{####}<i>$&');
  const verification = poolWith({ EmailVerificationMessage: 'Hi {username}: {####}' });
  assert.equal(composeEmail(verification, facts).body, 'Hi {username}: 012345');
});

test('nothing that becomes a mail header has a line end (X09)', () => {
  const evil = 'Hi\r\nBcc: evil@example.com\u2028\0x {username}';
  const mail = composeEmail(
    poolWith({
      AdminCreateUserConfig: { InviteMessageTemplate: { EmailSubject: evil } },
      EmailConfiguration: {
        From: 'A <a@example.com>\r\nBcc: evil@example.com',
        ReplyToEmailAddress: 'b@example.com\nX: y',
      },
    }),
    { occasion: 'AdminCreateUser', username: 'a\r\nCc: b', code: 'x' },
  );
  assert.equal(mail.subject, 'Hi Bcc: evil@example.com x a Cc: b');
  assert.equal(mail.from, 'A <a@example.com> Bcc: evil@example.com');
  assert.equal(mail.replyTo, 'b@example.com X: y');
});
