import { openConsole } from '../../testing/open-console';
import { shopServer, SHOP } from '../../testing/shop';
import type { Role } from '../api/session';
import { PASSKEYS, peopleServer, USERS } from './testing/people';

const ANN = `${USERS}/sub-of-ann`;
const REMOVE = `POST pools/${SHOP.Id}/passkeys/remove`;
const laptop = { id: 'one', name: 'Laptop', domain: 'example.com', createdAt: 1_700_000_000 };
const phone = { ...laptop, id: 'two', name: 'Phone', lastUsedAt: 1_700_000_000 };

const server = (role?: Role) =>
  peopleServer({ server: shopServer(role) })
    .at(PASSKEYS, () => ({ passkeys: [laptop, phone] }))
    .at(REMOVE, () => ({}));

describe('passkeys of a user', () => {
  it('take no room where there are none', async () => {
    const page = await openConsole(ANN, peopleServer());
    expect(await page.text()).not.toContain('Passkeys');
  });

  it('are shown with their domain and their last use', async () => {
    const asked = server();
    const page = await openConsole(ANN, asked);
    expect(asked.inputs(PASSKEYS)).toEqual([{ username: 'sub-of-ann' }]);
    expect(await page.text()).toContain('example.com');
    expect(await page.text()).toContain('Never used');
    expect(await page.hasButton('Remove the passkey: Phone')).toBe(true);
  });

  it('are removed one by one, after a question, and the user is read again', async () => {
    const asked = server();
    const page = await openConsole(ANN, asked);
    await page.press('Remove the passkey: Laptop');
    expect(await page.heading()).toBe('Remove this passkey (Laptop)?');
    expect(asked.writes).toEqual([]);
    await page.press('Remove the passkey');
    expect(asked.inputs(REMOVE)).toEqual([{ username: 'sub-of-ann', credentialId: 'one' }]);
    expect(await page.toasts()).toEqual(['The passkey is removed.']);
    expect(asked.inputs('AdminGetUser')).toHaveLength(2);
    expect(asked.inputs(PASSKEYS)).toHaveLength(2);
  });

  it('stay where the server refuses', async () => {
    const page = await openConsole(ANN, server().failNext(REMOVE, 'X', 'Not now.'));
    await page.press('Remove the passkey: Laptop');
    await page.press('Remove the passkey');
    expect(await page.notices()).toEqual(['Not now.']);
  });

  it('tell what failed without hiding the user, and try again', async () => {
    const page = await openConsole(ANN, server().failNext(PASSKEYS));
    expect(await page.heading()).toBe('ann');
    await page.press('Try again');
    expect(await page.hasButton('Remove the passkey: Phone')).toBe(true);
  });

  it('are only looked at by a viewer', async () => {
    const page = await openConsole(ANN, server('viewer'));
    expect(await (await page.button('Remove the passkey: Laptop')).isOff()).toBe(true);
  });
});
