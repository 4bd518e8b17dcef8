/** The tutorial's way to confirm: a link in the mail, which a mail scanner may open without confirming anybody. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { startServer } from './server-under-test.ts';
import { makeTutorialPool, makeUser, PASSWORD } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const { UserPoolId, ClientId } = await makeTutorialPool(aws);

async function signUp(Username: string, email = `${Username}@example.com`): Promise<string> {
  const { CodeDeliveryDetails } = await aws.signUp({
    ClientId,
    Username,
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: email }],
  });
  assert.equal(CodeDeliveryDetails?.DeliveryMedium, 'EMAIL');
  return linkTo(email);
}

/** The link in the latest mail to an address, as a mail program reads it from the body. */
async function linkTo(email: string): Promise<string> {
  const [mail] = await server.messages(email);
  assert(mail);
  const href = /<a href="([^"]+)">/.exec(mail.body)?.[1];
  assert(href, mail.body);
  assert.equal(unescaped(href), mail.link);
  assert.equal(mail.code, undefined);
  return unescaped(href);
}

function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** The one form of a page, as a browser would send it. */
interface Form {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

async function open(link: string): Promise<Form> {
  const response = await fetch(link);
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.match(response.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  const page = await response.text();
  const [, method, action] = /<form method="(\w+)" action="([^"]+)">/.exec(page) ?? [];
  assert.equal(method, 'post');
  const inputs = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return {
    action: new URL(unescaped(action ?? ''), link).href,
    fields: Object.fromEntries([...inputs].map(([, name, value = '']) => [name, unescaped(value)])),
  };
}

async function send(
  { action, fields }: Form,
  headers: Readonly<Record<string, string>> = {
    Origin: server.publicUrl,
    'Sec-Fetch-Site': 'same-origin',
  },
): Promise<{ readonly status: number; readonly page: string }> {
  const body = new URLSearchParams(fields);
  const response = await fetch(action, { method: 'POST', headers, body });
  return { status: response.status, page: await response.text() };
}

const stateOf = async (Username: string) => {
  const { UserStatus, UserAttributes } = await aws.adminGetUser({ UserPoolId, Username });
  const verified = UserAttributes?.find(({ Name }) => Name === 'email_verified')?.Value;
  return { status: UserStatus, verified: verified === 'true' };
};
const UNCONFIRMED = { status: 'UNCONFIRMED', verified: false };

const signIn = (USERNAME: string) =>
  aws.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD },
  });

suite('the link in the mail', () => {
  test('opening it by GET confirms nobody; the button on its page does; then sign-in works', async () => {
    const link = await signUp('ada');
    assert(link.startsWith(`${server.publicUrl}/`));
    for (let opened = 0; opened < 3; opened += 1) await open(link);
    assert.equal((await fetch(link, { method: 'HEAD' })).status, 200);
    assert.deepEqual(await stateOf('ada'), UNCONFIRMED);
    await assert.rejects(signIn('ada'), { name: 'UserNotConfirmedException' });

    const form = await open(link);
    const { status, page } = await send(form);
    assert.equal(status, 200);
    assert.match(page, /Your account is confirmed/);
    assert.deepEqual(await stateOf('ada'), { status: 'CONFIRMED', verified: true });
    for (const name of ['ada', 'ada@example.com']) {
      assert((await signIn(name)).AuthenticationResult?.AccessToken);
    }
    assert.match((await send(form)).page, /already confirmed/);
  });

  test('confirms only from its own page', async () => {
    const form = await open(await signUp('target'));
    const strangers: readonly Record<string, string>[] = [
      {},
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: server.publicUrl, 'Sec-Fetch-Site': 'cross-site' },
    ];
    for (const headers of strangers) {
      assert.equal((await send(form, headers)).status, 403);
    }
    assert.deepEqual(await stateOf('target'), UNCONFIRMED);
    const { action, fields } = form;
    for (const wrong of [
      { action, fields: { ...fields, confirmation_code: '000000' } },
      { action, fields: { ...fields, client_id: 'a'.repeat(26) } },
      { action, fields: {} },
      { action: action.replace(UserPoolId, 'eu-west-1_AAAAAAAAA'), fields },
    ]) {
      assert.equal((await send(wrong)).status, 400, JSON.stringify(wrong));
    }
    assert.deepEqual(await stateOf('target'), UNCONFIRMED);
    assert.equal((await send(form)).status, 200);
    assert.equal((await stateOf('target')).status, 'CONFIRMED');
  });

  test('shows the user name as text, whatever it contains', async () => {
    const name = `<b>"o'&amp;</b>`;
    const link = await signUp(name, 'strange@example.com');
    const page = await (await fetch(link)).text();
    assert(!page.includes(name));
    const form = await open(link);
    assert.equal(form.fields['user_name'], name);
    assert.equal((await send(form)).status, 200);
    assert.equal((await stateOf(name)).status, 'CONFIRMED');
  });

  test('is replaced by the link in a newer mail', async () => {
    const first = await open(await signUp('again'));
    await aws.resendConfirmationCode({ ClientId, Username: 'again' });
    const second = await open(await linkTo('again@example.com'));
    assert.notDeepEqual(first, second);
    assert.equal((await send(first)).status, 400);
    assert.deepEqual(await stateOf('again'), UNCONFIRMED);
    assert.equal((await send(second)).status, 200);
  });

  test('does not take an address from the account that has verified it', async () => {
    await makeUser(aws, UserPoolId, 'owner');
    const { status, page } = await send(await open(await signUp('thief', 'owner@example.com')));
    assert.equal(status, 409);
    assert.match(page, /belongs to another account/);
    assert.deepEqual(await stateOf('thief'), UNCONFIRMED);
    const { Username } = await aws.adminGetUser({ UserPoolId, Username: 'owner@example.com' });
    assert.equal(Username, 'owner');
  });

  test('contains a code that ConfirmSignUp accepts as well', async () => {
    const { searchParams } = new URL(await signUp('direct'));
    assert.deepEqual([...searchParams.keys()], ['client_id', 'user_name', 'confirmation_code']);
    const ConfirmationCode = searchParams.get('confirmation_code') ?? '';
    await aws.confirmSignUp({ ClientId, Username: 'direct', ConfirmationCode });
    assert((await signIn('direct')).AuthenticationResult?.AccessToken);
  });
});
