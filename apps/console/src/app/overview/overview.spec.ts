import { openConsole } from '../../testing/open-console';
import { SHOP, shopServer } from '../../testing/shop';
import type { Metrics } from './metrics';

const OVERVIEW = `/p/${SHOP.Id}/overview`;
const METRICS = `GET pools/${SHOP.Id}/metrics?days=30`;

const metrics: Metrics = {
  users: 1200,
  refusing: [],
  days: [
    { day: '2026-11-26', signUps: 2, confirmations: 1, signIns: 30, failures: 10 },
    { day: '2026-11-27', signUps: 1, confirmations: 1, signIns: 60, failures: 0 },
  ],
};
const quiet: Metrics = { users: 0, refusing: [], days: [] };

function server(answer: Metrics = metrics, pool: Parameters<typeof shopServer>[1] = {}) {
  return shopServer('owner', pool)
    .at(/^GET pools\/.*\/metrics/, () => answer)
    .on('ListUserPoolClients', { UserPoolClients: answer === quiet ? [] : [{ ClientId: 'web' }] })
    .on('ListGroups', {});
}

/** What the cards of counts say. */
function counts(): Record<string, string> {
  const cards = [...document.querySelectorAll('.metrics .card')];
  const text = (card: Element, part: string) => card.querySelector(part)?.textContent?.trim() ?? '';
  return Object.fromEntries(cards.map((card) => [text(card, 'dt'), text(card, 'dd')]));
}

describe('the overview of a pool', () => {
  it('counts what happened', async () => {
    const page = await openConsole(OVERVIEW, server());
    expect(counts()).toEqual({
      Users: '1,200',
      'Sign-ups': '3',
      Confirmations: '2',
      'Sign-ins': '90',
      'Failed sign-ins': '10',
    });
    expect(await page.text()).toContain('10 % of all attempts');
  });

  it('counts another period when it is chosen', async () => {
    const asked = server();
    const page = await openConsole(OVERVIEW, asked);
    await page.press('7 days');
    expect(asked.inputs(`GET pools/${SHOP.Id}/metrics?days=7`)).toHaveLength(1);
    expect(await (await page.segments('Period')).chosen()).toEqual(['7 days']);
  });

  it('leads a new pool from step to step', async () => {
    const page = await openConsole(OVERVIEW, server(quiet));
    expect(await page.text()).toContain('From an empty pool to one in use.');
    await page.press('Create an app client');
    expect(page.url).toBe(`/p/${SHOP.Id}/clients`);
  });

  it('gives no lessons to a pool in use', async () => {
    const used = server(metrics, { DeletionProtection: 'ACTIVE' });
    const page = await openConsole(OVERVIEW, used);
    expect(await page.text()).not.toContain('Next steps');
  });

  it('names the settings that refuse what they should protect', async () => {
    const refusing = [{ setting: 'MfaConfiguration', effect: 'nobody signs in' }];
    const page = await openConsole(OVERVIEW, server({ ...metrics, refusing }));
    expect((await page.notices())[0]).toContain('MfaConfiguration: nobody signs in');
  });

  it('says how the pool is set up', async () => {
    const page = await openConsole(OVERVIEW, server());
    const text = await page.text();
    for (const word of ['user name, email', 'open to everyone', '8 characters or more', 'by code'])
      expect(text).toContain(word);
  });

  it('holds the place, tells what failed, and tries again', async () => {
    const asked = server();
    const release = asked.hold(METRICS);
    const page = await openConsole(OVERVIEW, asked);
    expect(await page.isLoading()).toBe(true);
    asked.failNext(METRICS, 'X', 'Not now.');
    release();
    expect((await page.notices())[0]).toContain('Not now.');
    await page.press('Try again');
    expect(counts()['Users']).toBe('1,200');
  });
});

describe('the chart of days', () => {
  const chart = () => document.querySelector<HTMLElement>('pc-day-chart');

  it('says all counts, and those of a day that is chosen by the keyboard', async () => {
    const page = await openConsole(OVERVIEW, server());
    expect(chart()?.querySelector('.legend')?.textContent).toMatch(/2 days.*90.*10/s);
    const slider = chart()?.querySelector('input');
    if (!slider) throw new Error('no slider');
    slider.value = '0';
    slider.dispatchEvent(new Event('input'));
    await page.text();
    await vi.waitFor(() =>
      expect(chart()?.querySelector('.legend')?.textContent).toMatch(/November 26.*30.*10/s),
    );
    expect(slider.getAttribute('aria-valuetext')).toContain('Sign-ins 30, Failed sign-ins 10');
  });

  it('is a table for whoever prefers that, the latest day first', async () => {
    const page = await openConsole(OVERVIEW, server());
    await page.press('Show as a table');
    expect(await (await page.table()).rows()).toEqual([
      ['Nov 27', '60', '0'],
      ['Nov 26', '30', '10'],
    ]);
    await page.press('Show as a chart');
    expect(await page.hasTable()).toBe(false);
  });

  it('says that nothing happened', async () => {
    const days = metrics.days.map(({ day }) => ({
      day,
      signUps: 0,
      confirmations: 0,
      signIns: 0,
      failures: 0,
    }));
    const page = await openConsole(OVERVIEW, server({ ...quiet, days }));
    expect(await page.text()).toContain('Nothing happened in this period.');
  });
});
