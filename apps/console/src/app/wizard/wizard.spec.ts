import type { Role } from '../api/session';
import type { ConsolePage } from '../../testing/console-page';
import { openConsole } from '../../testing/open-console';
import { SHOP } from '../../testing/shop';
import { STEPS } from './steps/steps';
import { client, command, soFar, wizardServer as server } from './testing/wizard-shown';

/** The marks at the side: what each step is called, and whether it is done. */
function rail(): readonly string[] {
  return [...document.querySelectorAll('aside.steps li')].map((step) =>
    (step.textContent ?? '').replace(/\s+/g, ' ').trim(),
  );
}

async function named(page: ConsolePage): Promise<ConsolePage> {
  await page.type('Pool name', 'shop');
  return page;
}

describe('the steps of making a user pool', () => {
  it('begin with the name, and lead through all of the list to the review', async () => {
    const page = await named(await openConsole('/new', server()));
    const seen: string[] = [];
    for (const { id, title, note } of STEPS) {
      expect(page.url).toBe(`/new/${id}`);
      expect(rail().some((line) => line.includes(title))).toBe(true);
      expect(document.querySelector('pc-summary')?.textContent).toContain(note.text);
      seen.push(await page.heading());
      await page.press(/^(Continue|Step through settings)$/);
    }
    expect(page.url).toBe('/new/review');
    expect(new Set(seen).size).toBe(STEPS.length);
  });

  it('are marked as done once they were passed', async () => {
    const page = await named(await openConsole('/new', server()));
    await page.press('Step through settings');
    expect(rail()[0]).toMatch(/^✓ ?Name ?, done$/);
    expect(rail()[1]).not.toContain('done');
  });

  it('do not go on from a step that is wrong, and say why', async () => {
    const page = await openConsole('/new/name', server());
    expect(await page.problem('Pool name')).toBe('');
    await page.press('Step through settings');
    expect(page.url).toBe('/new/name');
    expect(await page.problem('Pool name')).toBe('Give the pool a name.');
  });

  it('take no region that could not begin an id', async () => {
    const page = await named(await openConsole('/new/name', server()));
    await page.type('Region', 'eu west');
    expect(await page.problem('Region')).toContain('such as eu-west-1');
    await page.press('Step through settings');
    expect(page.url).toBe('/new/name');
  });

  it('go back, and keep what was chosen', async () => {
    const page = await named(await openConsole('/new', server()));
    await page.press('Step through settings');
    await page.press('Back');
    expect(await page.value('Pool name')).toBe('shop');
  });

  it('can be skipped: what is advised goes to the review', async () => {
    const page = await named(await openConsole('/new', server()));
    await page.press('Review defaults');
    expect([page.url, await page.heading()]).toEqual(['/new/review', 'Ready to create']);
    await page.press(/^Change Tags$/);
    await page.press('Back to review');
    expect(page.url).toBe('/new/review');
  });

  it('survive a reload in the same tab', async () => {
    await named(await openConsole('/new', server()));
    const kept: unknown = JSON.parse(sessionStorage.getItem('poolhouse.new-pool') ?? 'null');
    expect(kept).toMatchObject({ draft: { name: 'shop' } });
  });

  it('open at an address that is no step with the first', async () => {
    const page = await openConsole('/new', server());
    expect(page.url).toBe('/new/name');
  });
});

describe('the summary beside a step', () => {
  it('grows with the steps, and says the same as a command', async () => {
    const page = await named(await openConsole('/new', server()));
    expect(soFar()).toMatchObject({ Name: 'shop' });
    expect(soFar()).not.toHaveProperty('Password');
    await page.go('/new/policies');
    expect(soFar()['Password']).toBe('15 characters or more');
    expect(command()).toContain('aws cognito-idp create-user-pool \\');
    await page.go('/new/client');
    expect(soFar()['Client: name']).toBe('shop-web');
    expect(command()).toContain('aws cognito-idp create-user-pool-client \\');
  });
});

describe('sign-in and attributes', () => {
  it('follow each other: who signs in by phone verifies it', async () => {
    const page = await openConsole('/new/attributes', server());
    await page.choose('With a phone number');
    expect(soFar()['Sign in with']).toBe('phone number');
    await page.go('/new/mfa');
    const phone = await page.choice('Phone numbers');
    expect([await phone.isChosen(), await phone.isOff()]).toEqual([true, true]);
  });

  it('add attributes of one’s own, and take them away', async () => {
    const page = await openConsole('/new/attributes', server());
    await page.press('Add an attribute');
    await page.type('Name', 'two words');
    expect(await page.text()).toContain('A name has up to 20 characters and no spaces.');
    await page.type('Name', 'plan');
    expect(soFar()['Custom']).toContain('plan');
    await page.press(/^Remove/);
    expect(soFar()['Custom']).toBe('none yet');
  });

  it('offer the usual attributes, and all on demand', async () => {
    const page = await openConsole('/new/attributes', server());
    expect(await page.hasButton(/Birthdate/)).toBe(false);
    await page.press(/^Show all/);
    await page.press(/Birthdate/);
    expect(soFar()['Required']).toContain('birthdate');
  });
});

describe('passwords and sign-up', () => {
  it('try a password against the rules', async () => {
    const page = await openConsole('/new/policies', server());
    await page.press('Cognito’s defaults');
    await page.type('Try a password', 'short');
    expect(await page.chips()).toContain('Would be refused');
    await page.type('Try a password', 'Abcdef1!');
    expect(await page.chips()).toContain('Would be accepted');
    await page.press('Our recommendation');
    expect(await page.value('Minimum length')).toBe('15');
  });

  it('say what is out of range', async () => {
    const page = await openConsole('/new/policies', server());
    await page.type('Minimum length', '5');
    await page.type('A temporary password works for', '400');
    expect(await page.problem('Minimum length')).toBe('Choose a length from 6 to 99 characters.');
    await page.press('Continue');
    expect(page.url).toBe('/new/policies');
    expect(await page.problem('A temporary password works for')).toBe('Choose 1 to 365 days.');
  });
});

describe('messages', () => {
  it('show the mail as it will look, and go back to the usual texts', async () => {
    const page = await openConsole('/new/messages', server());
    await page.choose('A link');
    await page.type('Subject', 'Come in');
    expect(document.querySelector('pc-mail-preview')?.textContent).toContain('Come in');
    await page.press('Restore the default texts');
    expect(await page.value('Subject')).toBe('Your verification link');
  });

  it('need the placeholders', async () => {
    const page = await openConsole('/new/messages', server());
    await page.press('Invitation');
    await page.type('Body', 'Welcome');
    expect(await page.problem('Body')).toContain('An invitation needs {username} and {####}');
  });
});

describe('tags', () => {
  it('have a name each, once', async () => {
    const page = await openConsole('/new/tags', server());
    expect(await page.text()).toContain('No tags. That is fine.');
    await page.press('Add a tag');
    await page.press('Continue');
    expect(await page.text()).toContain('A tag needs a name');
    await page.type('Name', 'stage');
    await page.press('Continue');
    expect(page.url).toBe('/new/client');
  });
});

describe('the first app client', () => {
  it('can be left out', async () => {
    const page = await openConsole('/new/client', server());
    await page.choose('Create an app client now');
    expect(await page.hasField('App client name')).toBe(false);
    expect(soFar()).toHaveProperty('Client: app client', 'none for now');
  });

  it('has no rotation beside a secret, and needs a way to sign in', async () => {
    const page = await openConsole('/new/client', server());
    await page.choose('On your own server');
    expect(await (await page.choice('A refresh token works once')).isChosen()).toBe(false);
    await page.choose('Password, without sending it');
    await page.press('Continue');
    expect(await page.text()).toContain('or the client lets nobody in.');
  });

  it('may write only what is chosen, but never less than the pool requires', async () => {
    const page = await named(await openConsole('/new/name', server()));
    await page.go('/new/client');
    await page.press(/Email/);
    await page.press('Continue');
    expect(await page.text()).toContain('The pool requires email');
  });
});

describe('the review', () => {
  const review = async (asked = server()) => {
    const page = await named(await openConsole('/new', asked));
    await page.press('Review defaults');
    return page;
  };

  it('shows every step with what it set, the region too', async () => {
    const page = await review();
    const titles = [...document.querySelectorAll('pc-review-step h2')].map((one) =>
      one.textContent?.trim(),
    );
    expect(titles).toEqual(STEPS.map(({ title }) => title));
    expect((await page.facts())['Region']).toBe('local fixed');
  });

  it('leads to the first step that is not done', async () => {
    const page = await openConsole('/new/review', server());
    expect((await page.notices())[0]).toBe('Something is missing here. Give the pool a name.');
    await page.press('Create user pool');
    expect(page.url).toBe('/new/name');
    expect(await page.problem('Pool name')).toBe('Give the pool a name.');
  });

  it('makes the pool in its region, then the client, and shows both', async () => {
    const asked = server();
    const page = await review(asked);
    await page.press('Create user pool');
    expect(asked.writes).toEqual(['CreateUserPool', 'CreateUserPoolClient']);
    expect(asked.inputs('CreateUserPool')[0]).toMatchObject({ PoolName: 'shop' });
    expect(asked.inputs('CreateUserPoolClient')[0]).toMatchObject({
      UserPoolId: SHOP.Id,
      ClientName: 'shop-web',
    });
    expect(page.url).toBe(`/new/created/${SHOP.Id}?client=web-id`);
    expect(await page.heading()).toBe('shop is ready');
  });

  it('forgets the draft once the pool is made', async () => {
    const page = await review();
    await page.press('Create user pool');
    await page.press('Create another');
    expect(await page.value('Pool name')).toBe('');
  });

  it('keeps everything when the pool cannot be made', async () => {
    const page = await review(server().failNext('CreateUserPool', 'X', 'Not now.'));
    await page.press('Create user pool');
    expect(await page.notices()).toEqual(['Not now.']);
    await page.press('Create user pool');
    expect(await page.heading()).toBe('shop is ready');
  });

  it('does not make the pool twice when only its client failed', async () => {
    const asked = server().failNext('CreateUserPoolClient', 'X', 'Bad client.');
    const page = await review(asked);
    await page.press('Create user pool');
    expect((await page.notices())[0]).toContain('The pool was created, but not its app client.');
    await page.press('Create the app client');
    expect(asked.writes).toEqual([
      'CreateUserPool',
      'CreateUserPoolClient',
      'CreateUserPoolClient',
    ]);
    expect(await page.heading()).toBe('shop is ready');
  });

  it('says which part failed, and turns on second factors alone the next time', async () => {
    const asked = server().failNext('SetUserPoolMfaConfig', 'X', 'Not now.');
    const page = await openConsole('/new/mfa', asked);
    await page.choose('Required');
    await page.go('/new/name');
    await named(page);
    await page.go('/new/review');
    expect((await page.facts())['Second factor']).toBe('required: authenticator application');
    await page.press('Create user pool');
    expect((await page.notices())[0]).toContain(
      'its second factors could not be turned on.Not now.',
    );
    await page.press('Turn on second factors');
    expect(asked.writes).toEqual([
      'CreateUserPool',
      'SetUserPoolMfaConfig',
      'SetUserPoolMfaConfig',
      'CreateUserPoolClient',
    ]);
    expect(await page.heading()).toBe('shop is ready');
  });

  it('goes on without second factors, and says so in the draft', async () => {
    const asked = server().failNext('SetUserPoolMfaConfig', 'X', 'Not now.');
    const page = await openConsole('/new/mfa', asked);
    await page.choose('Required');
    await page.go('/new/name');
    await named(page);
    await page.go('/new/review');
    await page.press('Create user pool');
    await page.press('Continue without');
    expect(asked.writes).toEqual([
      'CreateUserPool',
      'SetUserPoolMfaConfig',
      'CreateUserPoolClient',
    ]);
    expect(await page.heading()).toBe('shop is ready');
  });

  it('goes on without the client that failed', async () => {
    const asked = server().failNext('CreateUserPoolClient', 'X', 'Bad client.');
    const page = await review(asked);
    await page.press('Create user pool');
    await page.press('Continue without');
    expect(page.url).toBe(`/new/created/${SHOP.Id}`);
    expect((await page.notices())[0]).toContain('Without an app client');
  });

  it('creates nothing for others than owners', async () => {
    const page = await openConsole('/new/review', server('operator'));
    expect((await page.notices())[0]).toContain('Only owners create pools.');
    expect(await (await page.button('Create user pool')).isOff()).toBe(true);
  });
});

describe('the page of what was made', () => {
  const CREATED = `/new/created/${SHOP.Id}?client=web-id`;

  it('is the same by its address, with configuration to paste', async () => {
    const page = await openConsole(CREATED, server());
    expect(await page.heading()).toBe('shop is ready');
    expect(await page.text()).toContain('web-id');
    await page.press('Open the pool');
    expect(page.url).toBe(`/p/${SHOP.Id}/overview`);
  });

  it('shows the secret to owners alone', async () => {
    const withSecret = (role: Role) =>
      server(role).on('DescribeUserPoolClient', {
        UserPoolClient: { ...client, ClientSecret: 'keep-me' },
      });
    expect((await (await openConsole(CREATED, withSecret('owner'))).facts())['Client secret']).toBe(
      'keep-me Copy',
    );
  });

  it('tells what failed, and tries again', async () => {
    const page = await openConsole(CREATED, server().failNext('DescribeUserPoolClient'));
    expect((await page.notices())[0]).toContain('It went wrong here.');
    await page.press('Try again');
    expect(await page.heading()).toBe('shop is ready');
  });
});
