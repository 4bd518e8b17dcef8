import type { Role } from '../api/session';
import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';
import type { AuditEntry } from './audit-entry';

const AUDIT = `/p/${SHOP.Id}/audit`;
const ANY = /^GET audit/;

const entry = (number: number, parts: Partial<AuditEntry> = {}): AuditEntry => ({
  number,
  atMs: 1_700_000_000_000,
  actor: 'olga',
  actorKind: 'administrator',
  source: '192.0.2.1',
  operation: 'UpdateGroup',
  poolId: SHOP.Id ?? '',
  changes: [
    {
      record: 'group',
      name: 'staff',
      before: { Precedence: 3, Description: 'x' },
      after: { Precedence: 4, Description: 'x' },
    },
  ],
  previousHash: `hash-of-${number - 1}`.padEnd(20, '0'),
  hash: `hash-of-${number}`.padEnd(20, '0'),
  ...parts,
});

function server({
  role = 'owner',
  entries = [entry(2), entry(1)],
  intact = true,
}: { role?: Role; entries?: readonly AuditEntry[]; intact?: boolean } = {}) {
  const paths: string[] = [];
  const made = shopServer(role).at(ANY, (_, path) => {
    paths.push(decodeURIComponent(path));
    return { entries, intact, checkedAtMs: 1_700_000_000_000 };
  });
  return Object.assign(made, { paths });
}

describe('the audit', () => {
  it('shows who did what, and each change when it is opened', async () => {
    const page = await openConsole(AUDIT, server());
    const [first] = document.querySelectorAll<HTMLElement>('.entries .line');
    expect(first?.textContent).toMatch(/UpdateGroup.*Group staff.*olga/s);
    expect(await page.text()).not.toContain('Precedence');
    await page.press(/^UpdateGroup/);
    const cells = [...document.querySelectorAll('.diff tbody tr')].map((row) =>
      row.textContent?.replace(/\s+/g, ' ').trim(),
    );
    expect(cells).toEqual(['Precedence 3 4']);
    expect(await page.text()).toContain('from 192.0.2.1');
    await page.press(/^UpdateGroup/);
    expect(await page.text()).not.toContain('Precedence');
  });

  it('says of whoever was deleted only that it was erased', async () => {
    const changes = [{ record: 'user' as const, name: 'sub', erased: true }];
    const page = await openConsole(AUDIT, server({ entries: [entry(1, { changes })] }));
    await page.press(/^UpdateGroup/);
    expect(await page.text()).toContain('the details were erased with the user');
  });

  it('is about the pool, or the whole server', async () => {
    const asked = server();
    const page = await openConsole(AUDIT, asked);
    expect(asked.paths.at(-1)).toContain(`poolId=${SHOP.Id}`);
    await page.press('Whole server');
    expect(page.url).toBe(`${AUDIT}?everything=1`);
    expect(await (await page.segments('Which entries')).chosen()).toEqual(['Whole server']);
    expect(asked.paths.at(-1)).not.toContain('poolId');
  });

  it('asks as the address says, and can be cleared', async () => {
    const asked = server({ entries: [] });
    const page = await openConsole(`${AUDIT}?actor=jun&operation=DeleteGroup`, asked);
    expect(asked.paths.at(-1)).toContain('actor=jun&operation=DeleteGroup');
    expect(await page.empty()).toBe('Nothing found');
    await page.press('Clear');
    expect(page.url).toBe(AUDIT);
    expect(await page.empty()).toBe('No changes yet');
  });

  it('can be exported with the same filters', async () => {
    await openConsole(`${AUDIT}?actor=jun`, server());
    const link = document.querySelector<HTMLAnchorElement>('a[download]');
    expect(link?.getAttribute('href')).toBe(
      `/console/api/audit/export?poolId=${SHOP.Id}&actor=jun`,
    );
  });

  it('says that the chain holds', async () => {
    const page = await openConsole(AUDIT, server());
    expect(await page.chips()).toContain('Chain intact');
  });

  it.each([
    ['the server finds it broken', { intact: false }],
    ['an entry does not follow', { entries: [entry(2, { previousHash: 'another' }), entry(1)] }],
  ])('raises the alarm where %s', async (_, broken) => {
    const page = await openConsole(AUDIT, server(broken));
    expect(await page.chips()).toContain('Chain broken');
    expect((await page.notices())[0]).toContain('The audit is not intact.');
  });

  it('goes on to older entries', async () => {
    const asked = shopServer().at(ANY, (_, path) =>
      path.includes('before=2')
        ? { entries: [entry(1)], intact: true, checkedAtMs: 0 }
        : { entries: [entry(3), entry(2)], before: 2, intact: true, checkedAtMs: 0 },
    );
    const page = await openConsole(AUDIT, asked);
    await page.press('Next');
    expect(document.querySelectorAll('.entries > li')).toHaveLength(1);
  });

  it('holds the place, tells what failed, and tries again', async () => {
    const asked = server();
    const first = `GET audit?poolId=${SHOP.Id}&limit=25`;
    const release = asked.hold(first);
    const page = await openConsole(AUDIT, asked);
    expect(await page.isLoading()).toBe(true);
    asked.failNext(first, 'X', 'Not now.');
    release();
    expect((await page.notices())[0]).toContain('Not now.');
    await page.press('Try again');
    expect(document.querySelectorAll('.entries > li')).toHaveLength(2);
  });

  it('is not for viewers, who are not even asked for', async () => {
    const asked = server({ role: 'viewer' });
    const page = await openConsole(AUDIT, asked);
    expect(await page.notices()).toEqual(['Only operators and owners may read the audit.']);
    expect(asked.paths).toEqual([]);
  });
});
