import { openConsole } from '../../testing/open-console';
import { LIST, listed, peopleServer, USERS } from './testing/people';

/** What the server was asked for last. */
const last = (server: ReturnType<typeof peopleServer>) => server.inputs(LIST).at(-1);

describe('users that are looked for', () => {
  it('are narrowed to a state, which stands in the address', async () => {
    const server = peopleServer();
    const page = await openConsole(USERS, server);
    await page.chooseIn('[aria-label=Status]', 'UNCONFIRMED');
    expect(page.url).toContain('state=UNCONFIRMED');
    expect(last(server)).toMatchObject({
      filter: expect.stringContaining('UNCONFIRMED') as string,
    });
  });

  it('are searched by one attribute', async () => {
    const server = peopleServer();
    const page = await openConsole(`${USERS}?q=mara`, server);
    await page.chooseIn('[aria-label="Search in"]', 'email');
    expect(page.url).toContain('by=email');
    expect(last(server)).toMatchObject({ filter: 'email ^= "mara"' });
  });

  it('are all of several searches, each once', async () => {
    const server = peopleServer({ users: [listed('mara')] });
    const page = await openConsole(`${USERS}?q=mara`, server);
    expect(server.inputs(LIST).length).toBeGreaterThan(1);
    expect(await (await page.table()).rows()).toHaveLength(1);
    expect(await page.text()).toContain('1 user found');
  });

  it('are shown by their id when that is what was looked for', async () => {
    const page = await openConsole(`${USERS}?q=sub-of`, peopleServer({ users: [listed('ann')] }));
    expect((await (await page.table()).rows())[0]?.[1]).toContain('sub-of-ann');
  });

  it('are said to be more than are shown', async () => {
    const server = peopleServer().at(LIST, () => ({ users: [listed('ann')], next: 'more' }));
    const page = await openConsole(`${USERS}?q=ann`, server);
    expect(await page.text()).toContain('There are more results. Type more');
  });

  it('stay while others are on their way', async () => {
    const server = peopleServer();
    const page = await openConsole(USERS, server);
    const release = server.hold(LIST);
    await page.press(/^Created$/);
    expect(await page.hasTable()).toBe(true);
    expect(document.querySelector('section[aria-busy=true]')).not.toBeNull();
    release();
    await page.rest();
    expect(document.querySelector('section[aria-busy=true]')).toBeNull();
  });
});

describe('users that are chosen', () => {
  it('are all of the page, or none', async () => {
    const page = await openConsole(USERS, peopleServer());
    const all = document.querySelector<HTMLInputElement>('thead input.pick');
    all?.click();
    await page.rest();
    expect(await page.text()).toContain('2 users chosen');
    await page.press('Clear');
    expect(await page.text()).not.toContain('chosen');
  });

  it('are partly all when one of them is not', async () => {
    const page = await openConsole(USERS, peopleServer());
    await (await (await page.table()).row('ann')).pick();
    const all = document.querySelector<HTMLInputElement>('thead input.pick');
    expect([all?.checked, all?.indeterminate]).toEqual([false, true]);
  });

  it('stay chosen when nothing is done after all', async () => {
    const server = peopleServer();
    const page = await openConsole(USERS, server);
    await (await (await page.table()).row('ann')).pick();
    await page.press('Enable');
    await page.press('Cancel');
    expect(await page.text()).toContain('1 user chosen');
    expect(server.writes).toEqual([]);
  });

  it('are stopped half way, and what is done stays done', async () => {
    const users = Array.from({ length: 12 }, (_, at) => listed(`u${at}`));
    const server = peopleServer({ users }).on('AdminEnableUser', {});
    const page = await openConsole(USERS, server);
    document.querySelector<HTMLInputElement>('thead input.pick')?.click();
    await page.rest();
    await page.press('Enable');
    const release = server.hold('AdminEnableUser');
    await page.press('Enable');
    await page.press('Stop');
    release();
    await page.rest();
    expect((await page.notices()).join()).toMatch(
      /Stopped after \d+ of 12\. The changes already made stay\./,
    );
    expect(server.inputs('AdminEnableUser').length).toBeLessThan(12);
  });
});
