import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';

const pool = (name: string) => ({ Id: `local_${name}`, Name: name, CreationDate: 1_700_000_000 });
const server = (role: Parameters<typeof shopServer>[0] = 'owner') =>
  shopServer(role).on('ListUserPools', { UserPools: [pool('market'), pool('shop')] });
const names = async (page: Awaited<ReturnType<typeof openConsole>>) =>
  (await (await page.table()).rows()).map(([name]) => name);

async function search(page: Awaited<ReturnType<typeof openConsole>>, text: string) {
  await page.search(text);
  return names(page);
}

describe('the user pools', () => {
  it('are listed and found by name or id', async () => {
    const page = await openConsole('/', server());
    expect(await names(page)).toHaveLength(2);
    expect(await search(page, ' MARK ')).toEqual([expect.stringContaining('local_market')]);
    expect(await search(page, 'local_shop')).toEqual([expect.stringContaining('shop')]);
    expect(await search(page, 'zoo')).toEqual([
      expect.stringContaining('No loaded pool has that name or id.'),
    ]);
  });

  it('are shown page after page', async () => {
    const asked = server().on('ListUserPools', ({ NextToken }) =>
      NextToken === undefined
        ? { UserPools: [pool('market')], NextToken: 'more' }
        : { UserPools: [pool('shop')] },
    );
    const page = await openConsole('/', asked);
    await page.press('Show more');
    expect(await names(page)).toHaveLength(2);
    expect(await page.hasButton('Show more')).toBe(false);
  });

  it('hold their place, and are asked for again after a failure', async () => {
    const asked = server();
    const release = asked.hold('ListUserPools');
    const page = await openConsole('/', asked);
    expect(await page.isLoading()).toBe(true);
    asked.failNext('ListUserPools', 'X', 'Not now.');
    release();
    await page.text();
    await vi.waitFor(async () => expect((await page.notices())[0]).toContain('Not now.'));
    await page.press('Try again');
    expect(await names(page)).toHaveLength(2);
  });

  it('begin with the first', async () => {
    const page = await openConsole('/', server().on('ListUserPools', {}));
    expect(await page.empty()).toBe('No user pool here yet');
    await page.press('Create user pool');
    expect(page.url).toBe('/new/name');
  });

  it('are made by owners alone', async () => {
    const page = await openConsole('/', server('operator').on('ListUserPools', {}));
    expect(await page.text()).toContain('Only owners can create pools. Ask one of them.');
    expect(await page.hasButton('Create user pool')).toBe(false);
  });

  it('are those of the region that is chosen', async () => {
    const asked = server();
    asked.config = { ...asked.config, regions: ['local', 'eu-west-1'] };
    const page = await openConsole('/', asked);
    await page.chooseIn('.region select', 'eu-west-1');
    expect(asked.regions.at(-1)).toBe('eu-west-1');
    expect(await page.text()).toContain('market');
  });
});

describe('a pool that is not there', () => {
  it('says so, and leads to the others', async () => {
    const asked = server().failNext('DescribeUserPool', 'ResourceNotFoundException', 'No pool.');
    const page = await openConsole(`/p/${SHOP.Id}/users`, asked);
    expect(await page.heading()).toBe('There is no such user pool');
    await page.press('All user pools');
    expect(page.url).toBe('');
  });
});

describe('an address that leads nowhere', () => {
  it('says so', async () => {
    const page = await openConsole('/nowhere', server());
    expect(await page.heading()).toBe('There is no such page');
  });
});
