import { openConsole } from '../../../../testing/open-console';
import { command, soFar, wizardServer as server } from '../../testing/wizard-shown';

describe('second factors and verification', () => {
  const step = (asked = server()) => openConsole('/new/mfa', asked);

  it('are off until somebody wants them, and then of the kind that we recommend', async () => {
    const page = await step();
    expect(await (await page.choice('Off')).isChosen()).toBe(true);
    await page.choose('Required');
    expect(soFar()['Second factor']).toBe('required: authenticator application');
    expect(await (await page.choice('Authenticator application')).isChosen()).toBe(true);
    expect(command()).toContain('--mfa-configuration ON \\\n  --software-token-mfa-configuration');
    await page.choose('Authenticator application');
    expect(await page.text()).toContain('Choose at least one, or turn the second factor off.');
    await page.press('Continue');
    expect(page.url).toBe('/new/mfa');
  });

  it('say at once what they rule out', async () => {
    const page = await step();
    await page.choose('Optional');
    await page.choose('Code by email');
    expect(await page.text()).toContain('The mailbox is the second factor here');
    await page.choose('Ask an administrator');
    expect(await page.text()).not.toContain('The mailbox is the second factor here');
    await page.choose('Code by SMS');
    expect(await page.problem('Role that sends SMS')).toContain('The second factor is sent by SMS');
  });

  it('warn where people without a phone number could not sign in', async () => {
    const page = await step();
    await page.choose('Required');
    await page.choose('Code by SMS');
    expect((await page.notices()).join()).not.toContain('only factor');
    await page.choose('Authenticator application');
    expect((await page.notices()).join()).toContain('With SMS as the only factor');
  });

  it.each([
    ['inbox', 'In development they are shown in the inbox, and reach no phone.'],
    ['none', 'Nothing is set up that sends SMS. They wait until their codes expire'],
    ['webhook', 'hands SMS to the receiver'],
    ['sns', 'through Amazon SNS'],
  ])('say what becomes of SMS: %s', async (sms, words) => {
    const page = await step(server().at('GET delivery', () => ({ sms })));
    expect((await page.notices()).join()).toContain(words);
    const isWarning = () => document.querySelector('pc-sms-way-notice .warn') !== null;
    expect(isWarning()).toBe(false);
    await page.choose('Phone numbers');
    expect(isWarning()).toBe(sms === 'none');
  });

  it('fill in a role for SMS as an example', async () => {
    const page = await step();
    await page.choose('Phone numbers');
    await page.press('Continue');
    expect(await page.problem('Role that sends SMS')).toContain('name the role');
    await page.press('Fill in an example');
    expect(await page.value('Role that sends SMS')).toMatch(/^arn:aws:iam::000000000000:role\//);
  });
});
