import type { Role } from '../api/session';
import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';

const MESSAGES = `/p/${SHOP.Id}/messages`;
const PREVIEW = `POST pools/${SHOP.Id}/messages/preview`;
const TEST = `POST pools/${SHOP.Id}/messages/test`;
const BODY = 'Mail (HTML)';

const server = (role: Role = 'owner', pool: Parameters<typeof shopServer>[1] = {}) =>
  shopServer(role, pool)
    .on('UpdateUserPool', {})
    .at(PREVIEW, ({ occasion }: { occasion: string }) => ({
      subject: `The server’s ${occasion}`,
      body: 'as it is sent',
      sms: 'as it is sent',
    }))
    .at(TEST, () => ({}));

describe('the messages of a pool', () => {
  it('are shown as the server sends them now', async () => {
    const asked = server();
    const page = await openConsole(MESSAGES, asked);
    expect(await page.text()).toContain('The server’s ForgotPassword');
    expect(await page.chips()).toContain('As it is currently sent.');
    await page.press('Invitation');
    expect(await page.text()).toContain('The server’s AdminCreateUser');
    expect(await page.hasButton('Save changes')).toBe(false);
  });

  it('hold their place, and are read again after a failure', async () => {
    const asked = server();
    const release = asked.hold('DescribeUserPool');
    const page = await openConsole(MESSAGES, asked);
    expect(await page.isLoading()).toBe(true);
    asked.failNext('DescribeUserPool');
    release();
    await page.press('Try again');
    expect(await page.hasField('Subject')).toBe(true);
  });

  it('begin with the link where sign-ups are confirmed by one', async () => {
    const page = await openConsole(
      MESSAGES,
      server('owner', { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } }),
    );
    expect(await (await page.button('Link')).isPressed()).toBe(true);
    expect(await page.hasField('SMS')).toBe(false);
  });

  it('are shown as they will be while one types', async () => {
    const page = await openConsole(MESSAGES, server());
    await page.type('Subject', 'Welcome, here is {####}');
    expect(await page.text()).toContain('Welcome, here is 123456');
    expect(await page.chips()).toContain('Not saved yet.');
    await page.press('Discard');
    expect(await page.chips()).toContain('As it is currently sent.');
  });

  it('are saved with everything else that the pool has', async () => {
    const asked = server('owner', { UserPoolTags: { team: 'web' } });
    const page = await openConsole(MESSAGES, asked);
    await page.choose('With a link');
    await page.type(BODY, 'Please {##come in##}');
    await page.press('Save changes');
    const [sent] = asked.inputs('UpdateUserPool');
    expect(sent?.UserPoolTags).toEqual({ team: 'web' });
    expect(sent?.VerificationMessageTemplate).toMatchObject({
      DefaultEmailOption: 'CONFIRM_WITH_LINK',
      EmailMessageByLink: 'Please {##come in##}',
    });
    expect(await page.toasts()).toEqual(['Saved.']);
  });

  it.each([
    ['Code', BODY, 'no code in it', 'Put {####}'],
    ['Link', BODY, 'no link in it', 'Put {##Confirm##}'],
    ['Invitation', BODY, 'only {####}', 'Put {username}'],
    ['Code', 'SMS', `{####}${'a'.repeat(140)}`, 'Use 140 characters at most.'],
    ['Code', 'From', 'a <b> c', 'Enter an address'],
    ['Code', 'Replies to', 'nobody', 'Enter an address'],
  ])('are not saved with %s: %s of %s', async (kind, label, text, problem) => {
    const asked = server();
    const page = await openConsole(MESSAGES, asked);
    await page.press(kind);
    await page.type(label, text);
    await page.press('Save changes');
    expect(await page.problem(label)).toContain(problem);
    expect(asked.inputs('UpdateUserPool')).toEqual([]);
  });

  it('lead to the kind whose text is wrong', async () => {
    const page = await openConsole(MESSAGES, server());
    await page.press('Invitation');
    await page.type(BODY, 'nothing in it');
    await page.press('Code');
    await page.press('Save changes');
    expect(await (await page.button('Invitation')).isPressed()).toBe(true);
    expect(await page.problem(BODY)).toContain('Put {####}');
  });

  it('keep what the server refuses', async () => {
    const asked = server().failNext('UpdateUserPool', 'X', 'Not now.');
    const page = await openConsole(MESSAGES, asked);
    await page.type('Subject', 'Welcome');
    await page.press('Save changes');
    expect(await page.notices()).toEqual(['Not now.']);
    expect(await page.value('Subject')).toBe('Welcome');
  });

  it('are not left with changes without a question', async () => {
    const page = await openConsole(MESSAGES, server());
    await page.type('Subject', 'Welcome');
    void page.go('/account');
    expect(await page.heading()).toBe('Leave without saving?');
    await page.press('Stay on the page');
    expect(page.url).toBe(MESSAGES);
  });

  it('can be looked at, and not changed, by operators', async () => {
    const page = await openConsole(MESSAGES, server('operator'));
    expect((await page.notices())[0]).toContain('Only owners may do this');
    expect(await (await page.choice('With a link')).isOff()).toBe(true);
    expect(await (await page.button('Send the mail')).isOff()).toBe(false);
  });
});

describe('a test message', () => {
  it('goes to one’s own address, of the kind that is shown', async () => {
    const asked = server();
    const page = await openConsole(MESSAGES, asked);
    await page.press('Invitation');
    await page.press('Send the mail');
    expect(asked.inputs(TEST)).toEqual([{ to: 'olga@example.com', occasion: 'AdminCreateUser' }]);
    expect(await page.toasts()).toEqual(['A test is on its way to olga@example.com.']);
  });

  it('says why it did not go', async () => {
    const page = await openConsole(MESSAGES, server().failNext(TEST, 'X', 'No mail server.'));
    await page.type('To', 'ann@example.com');
    await page.press('Send the mail');
    expect(await page.notices()).toEqual(['No mail server.']);
    expect(await page.value('To')).toBe('ann@example.com');
  });

  it('waits until changes are saved, and is for operators and owners', async () => {
    const page = await openConsole(MESSAGES, server());
    await page.type('Subject', 'Welcome');
    expect(await (await page.button('Send the mail')).isOff()).toBe(true);
    expect(await page.text()).toContain('Save your changes first');
  });

  it('is not for viewers', async () => {
    const page = await openConsole(MESSAGES, server('viewer'));
    expect(await (await page.button('Send the mail')).isOff()).toBe(true);
    expect(await page.text()).toContain('Only operators and owners may send a test.');
  });
});
