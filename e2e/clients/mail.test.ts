/** Mails reach a real mail server, as its users would read them, even if it was down and Poolhouse was killed meanwhile. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { startServer } from './server-under-test.ts';
import { BY_CODE, makeTutorialPool, PASSWORD } from './tutorial-pool.ts';

/** A mail as it arrived: its headers, and its HTML part. */
interface Mail {
  readonly to: readonly string[];
  readonly head: string;
  readonly html: string;
}

const mails: Mail[] = [];
let isAway = false;
let onMail = () => {};

const post = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo(_address, _session, done) {
    if (!isAway) return done();
    return done(Object.assign(new Error('4.3.2 Come again later'), { responseCode: 451 }));
  },
  onData(stream, { envelope }, done) {
    void text(stream).then((raw) => {
      mails.push({
        to: envelope.rcptTo.map(({ address }) => address),
        head: raw.slice(0, raw.indexOf('\r\n\r\n')),
        html: htmlOf(raw),
      });
      done();
      onMail();
    });
  },
});
// A client that is killed breaks off its connection.
post.on('error', () => undefined);
post.listen(0, '127.0.0.1');
await once(post.server, 'listening');
after(() => post.close());

const { port } = post.server.address() as AddressInfo;
const server = await startServer({
  POOLHOUSE_SMTP_URL: `smtp://127.0.0.1:${port}`,
  POOLHOUSE_MAIL_FROM: 'no-reply@pool.example',
});
after(() => server.remove());
const aws = server.client();

/** The HTML part of a mail with two parts, decoded. */
function htmlOf(raw: string): string {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1];
  assert(boundary, raw);
  const part = raw.split(`--${boundary}`).find((each) => each.includes('Content-Type: text/html'));
  assert(part, raw);
  const body = part.slice(part.indexOf('\r\n\r\n') + 4);
  if (!/Content-Transfer-Encoding: quoted-printable/i.test(part)) return body;
  const joined = body.replaceAll(/=\r\n/g, '');
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

async function mailTo(address: string): Promise<Mail> {
  for (;;) {
    const mail = mails.find(({ to }) => to.includes(address));
    if (mail !== undefined) return mail;
    await new Promise<void>((resolve) => (onMail = resolve));
  }
}

test('the link of a sign-up arrives by mail, and confirms', async () => {
  const { UserPoolId, ClientId } = await makeTutorialPool(aws, {
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_LINK',
      EmailSubjectByLink: 'Bestätigen Sie Ihr Konto',
      EmailMessageByLink: '<p>Grüße! {##Hier bestätigen##}</p>',
    },
  });
  const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
  await aws.signUp({ ClientId, Username: 'ada', Password: PASSWORD, UserAttributes });
  const { to, head, html } = await mailTo('ada@example.com');
  assert.deepEqual(to, ['ada@example.com']);
  assert.match(head, /^From: (?:.*<)?no-reply@pool\.example>?\r$/m);
  assert.match(head, /^Subject: =\?UTF-8\?/m);
  assert.match(html, /<p>Grüße! <a href="[^"]+">Hier bestätigen<\/a><\/p>/);
  const link = /<a href="([^"]+)">/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const { pathname, searchParams } = new URL(link);
  const answer = await fetch(new URL(pathname, server.url), {
    method: 'POST',
    headers: { 'Sec-Fetch-Site': 'same-origin' },
    body: new URLSearchParams(searchParams),
  });
  assert.equal(answer.status, 200);
  const { UserStatus } = await aws.adminGetUser({ UserPoolId, Username: 'ada' });
  assert.equal(UserStatus, 'CONFIRMED');
});

test('a code that the mail server refused arrives later, although Poolhouse was killed', async () => {
  const { ClientId } = await makeTutorialPool(aws, BY_CODE);
  isAway = true;
  const [Username, Value] = ['bob', 'bob@example.com'];
  const UserAttributes = [{ Name: 'email', Value }];
  await aws.signUp({ ClientId, Username, Password: PASSWORD, UserAttributes });
  // If it were killed before it has recorded the refusal, it would have to wait for the attempt's lease to end.
  while ((await server.messages(Value))[0]?.reason === undefined) await pause(20);
  await server.killNow();
  isAway = false;
  assert.equal(
    mails.find(({ to }) => to.includes(Value)),
    undefined,
  );
  await server.startAgain();
  const { html } = await mailTo(Value);
  const ConfirmationCode = /\b\d{6}\b/.exec(html)?.[0];
  await aws.confirmSignUp({ ClientId, Username, ConfirmationCode });
});
