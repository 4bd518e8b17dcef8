import type { Role } from '../api/session';
import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';

const SETTINGS = `/p/${SHOP.Id}/settings`;

const server = (role: Role = 'owner', pool: Parameters<typeof shopServer>[1] = {}) =>
  shopServer(role, pool)
    .on('UpdateUserPool', {})
    .on('DeleteUserPool', {})
    .on('AddCustomAttributes', {});

describe('the settings of a pool', () => {
  it('show what is, and what is fixed', async () => {
    const page = await openConsole(SETTINGS, server());
    expect(await page.value('Name')).toBe('shop');
    expect(await page.facts()).toMatchObject({
      'Sign in with': 'user name, email',
      'Required when signing up': 'email',
      Region: 'local',
    });
    expect(await page.hasButton('Save changes')).toBe(false);
  });

  it('hold their place, and are read again after a failure', async () => {
    const asked = server();
    const release = asked.hold('DescribeUserPool');
    const page = await openConsole(SETTINGS, asked);
    expect(await page.isLoading()).toBe(true);
    asked.failNext('DescribeUserPool', 'X', 'Not now.');
    release();
    expect((await page.notices())[0]).toContain('Not now.');
    await page.press('Try again');
    expect(await page.value('Name')).toBe('shop');
  });

  it('are saved as a whole: what did not change goes along', async () => {
    const asked = server('owner', { UserPoolTags: { team: 'web' } });
    const page = await openConsole(SETTINGS, asked);
    await page.type('Minimum length', '15');
    await page.choose('Only administrators create users');
    await page.press('Save changes');
    expect(asked.inputs('UpdateUserPool')).toEqual([
      expect.objectContaining({
        UserPoolId: SHOP.Id,
        UserPoolTags: { team: 'web' },
        AutoVerifiedAttributes: ['email'],
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        Policies: expect.objectContaining({
          PasswordPolicy: expect.objectContaining({ MinimumLength: 15 }),
        }),
      }),
    ]);
    expect(asked.inputs('UpdateUserPool')[0]).not.toHaveProperty('PoolName');
    expect(await page.toasts()).toEqual(['Saved.']);
  });

  it('rename the pool', async () => {
    const asked = server();
    const page = await openConsole(SETTINGS, asked);
    await page.type('Name', 'market');
    await page.press('Save changes');
    expect(asked.inputs('UpdateUserPool')[0]?.PoolName).toBe('market');
  });

  it.each([
    ['Name', 'Größe', 'Use up to 128 letters'],
    ['Minimum length', '5', 'Enter a number from 6 to 99.'],
    ['Previous passwords that may not be reused', '25', 'Enter a number from 0 to 24.'],
    ['Days that a temporary password works', '0', 'Enter a number from 1 to 365.'],
    ['Role that sends SMS', 'me', 'A role looks like arn:aws:iam::'],
  ])('are not saved with a wrong %s', async (label, text, problem) => {
    const asked = server();
    const page = await openConsole(SETTINGS, asked);
    await page.type(label, text);
    await page.press('Save changes');
    expect(await page.problem(label)).toContain(problem);
    expect(asked.writes).toEqual([]);
  });

  it('ask for the role as soon as phone numbers are verified', async () => {
    const page = await openConsole(SETTINGS, server());
    await page.choose('Phone number');
    expect(await page.problem('Role that sends SMS')).toContain('name the role');
    await page.type('Role that sends SMS', 'arn:aws:iam::123456789012:role/sms');
    expect(await page.problem('Role that sends SMS')).toBe('');
    expect(await page.hasField('External id')).toBe(true);
  });

  it('do not let the mailbox recover an account whose second factor it is', async () => {
    const asked = server('owner', {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    }).on('GetUserPoolMfaConfig', { MfaConfiguration: 'ON', EmailMfaConfiguration: {} });
    const page = await openConsole(SETTINGS, asked);
    await page.choose('By email');
    expect((await page.notices()).join()).toContain('The mailbox is a second factor here');
    await page.press('Save changes');
    expect(asked.writes).toEqual([]);
    await page.choose('By email, by SMS');
    await page.press('Save changes');
    expect(asked.writes).toEqual(['UpdateUserPool']);
  });

  it('have tags, each key once', async () => {
    const asked = server('owner', { UserPoolTags: { team: 'web' } });
    const page = await openConsole(SETTINGS, asked);
    await page.press('Add a tag');
    expect(await page.notices()).toContain('Every tag needs a key.');
    await page.press('Remove the tag team');
    const [key, value] = document.querySelectorAll<HTMLInputElement>('.tag input');
    for (const [input, text] of [
      [key, 'stage'],
      [value, 'test'],
    ] as const) {
      if (!input) throw new Error('no tag');
      input.value = text;
      input.dispatchEvent(new Event('input'));
    }
    await page.press('Save changes');
    expect(asked.inputs('UpdateUserPool')[0]?.UserPoolTags).toEqual({ stage: 'test' });
  });

  it('warn before tokens get another issuer', async () => {
    const page = await openConsole(SETTINGS, server());
    await page.choose('Amazon Cognito: cognito-idp.local.amazonaws.com');
    expect((await page.notices()).join()).toContain(
      'Tokens already issued stay valid on this server',
    );
  });

  it('keep what the server refuses, until it is discarded', async () => {
    const asked = server().failNext('UpdateUserPool', 'ConcurrentModificationException', 'stale');
    const page = await openConsole(SETTINGS, asked);
    await page.type('Name', 'market');
    await page.press('Save changes');
    expect((await page.notices()).join()).toContain('Somebody else changed this');
    expect(await page.value('Name')).toBe('market');
    await page.press('Discard');
    expect(await page.value('Name')).toBe('shop');
  });

  it('are not left with changes without a question', async () => {
    const page = await openConsole(SETTINGS, server());
    await page.type('Name', 'market');
    const leaving = page.go('/account');
    expect(await page.heading()).toBe('Leave without saving?');
    await page.press('Stay on the page');
    expect([await leaving, page.url]).toEqual([false, SETTINGS]);
  });

  it('can be looked at, and not changed, by operators', async () => {
    const page = await openConsole(SETTINGS, server('operator'));
    expect((await page.notices())[0]).toContain('Only owners may do this');
    expect(await (await page.choice('Anyone may sign up')).isOff()).toBe(true);
    expect(await (await page.button('Add an attribute')).isOff()).toBe(true);
    expect(await page.hasButton('Add a tag')).toBe(false);
  });
});

describe('a custom attribute', () => {
  it('is added for good', async () => {
    const asked = server();
    const page = await openConsole(SETTINGS, asked);
    await page.press('Add an attribute');
    await page.type('Name', 'age');
    await (await page.field('Type')).choose('Number');
    await page.type(/^Minimum value/, '18');
    await page.choose('Can be changed once');
    await page.press('Add permanently');
    expect(asked.inputs('AddCustomAttributes')).toEqual([
      {
        UserPoolId: SHOP.Id,
        CustomAttributes: [
          expect.objectContaining({ Name: 'age', AttributeDataType: 'Number', Mutable: false }),
        ],
      },
    ]);
    expect(await page.toasts()).toEqual(['custom:age is added.']);
    expect(asked.inputs('DescribeUserPool')).toHaveLength(2);
  });

  it('is not added twice, and what was typed stays where it fails', async () => {
    const asked = server().failNext('AddCustomAttributes', 'X', 'Not now.');
    const page = await openConsole(SETTINGS, asked);
    await page.press('Add an attribute');
    await page.type('Name', 'plan');
    await page.press('Add permanently');
    expect(await page.notices()).toContain('There is an attribute with this name already.');
    await page.type('Name', 'plan2');
    await page.press('Add permanently');
    expect(await page.notices()).toContain('Not now.');
    expect(await page.value('Name')).toBe('plan2');
  });
});

describe('deleting a pool', () => {
  it('takes its name, and leads to the others', async () => {
    const asked = server();
    const page = await openConsole(SETTINGS, asked);
    await page.press('Delete this pool');
    expect(await (await page.dialog())?.text()).toContain('2 users and everything else in it');
    await page.type(/^To confirm, type/, 'shop');
    await page.press('Delete this pool');
    expect(asked.inputs('DeleteUserPool')).toEqual([{ UserPoolId: SHOP.Id }]);
    expect([page.url, await page.toasts()]).toEqual(['', ['The pool shop is deleted.']]);
  });

  it('is not offered while the pool is protected', async () => {
    const page = await openConsole(SETTINGS, server('owner', { DeletionProtection: 'ACTIVE' }));
    expect(await (await page.button('Delete this pool')).isOff()).toBe(true);
    expect(await page.text()).toContain('first switch off the deletion protection above');
  });
});
