import type { DeviceType } from '@poolhouse/model';
import type { FakeServer } from '../../testing/fake-server';
import { openConsole } from '../../testing/open-console';
import { shopServer, SHOP } from '../../testing/shop';
import type { Role } from '../api/session';
import { peopleServer, USERS } from './testing/people';

const ANN = `${USERS}/sub-of-ann`;
const key = { UserPoolId: SHOP.Id, Username: 'sub-of-ann' };

function device(DeviceKey: string, name: string | undefined, status: string): DeviceType {
  return {
    DeviceKey,
    DeviceAttributes: [
      ...(name === undefined ? [] : [{ Name: 'device_name', Value: name }]),
      { Name: 'last_ip_used', Value: '192.0.2.7' },
      { Name: 'dev:device_remembered_status', Value: status },
    ],
    DeviceCreateDate: 1_700_000_000,
    DeviceLastAuthenticatedDate: 1_700_000_000,
  };
}

/** A server on which Ann has two devices, on two pages. */
const server = (role?: Role): FakeServer =>
  peopleServer({ server: shopServer(role, { DeviceConfiguration: {} }) })
    .on('AdminListDevices', ({ PaginationToken }) =>
      PaginationToken === undefined
        ? { Devices: [device('one', 'Laptop', 'remembered')], PaginationToken: 'more' }
        : { Devices: [device('two', undefined, 'not_remembered')] },
    )
    .on('AdminForgetDevice', {})
    .on('AdminUpdateDeviceStatus', {});

describe('devices of a user', () => {
  it('take no room where there are none and the pool remembers none', async () => {
    const page = await openConsole(ANN, peopleServer());
    expect(await page.text()).not.toContain('Devices');
  });

  it('are said to be none where the pool remembers devices', async () => {
    const remembering = shopServer('owner', { DeviceConfiguration: {} });
    const page = await openConsole(ANN, peopleServer({ server: remembering }));
    expect(await page.text()).toContain('No device yet.');
  });

  it('are all shown, page by page, with whether they are remembered', async () => {
    const page = await openConsole(ANN, server());
    expect(await page.text()).toContain('192.0.2.7');
    expect(await page.chips()).toEqual(expect.arrayContaining(['Remembered', 'Not remembered']));
    expect(await page.hasButton('Forget the device: Laptop')).toBe(true);
    expect(await page.hasButton('Forget the device: Unnamed device')).toBe(true);
  });

  it('are forgotten one by one, after a question, and the user is read again', async () => {
    const asked = server();
    const page = await openConsole(ANN, asked);
    await page.press('Forget the device: Laptop');
    expect(await page.heading()).toBe('Forget this device (Laptop)?');
    expect(asked.writes).toEqual([]);
    await page.press('Forget the device');
    expect(asked.inputs('AdminForgetDevice')).toEqual([{ ...key, DeviceKey: 'one' }]);
    expect(await page.toasts()).toEqual(['The device is forgotten.']);
    expect(asked.inputs('AdminGetUser')).toHaveLength(2);
  });

  it('are remembered, or not, at once', async () => {
    const asked = server();
    const page = await openConsole(ANN, asked);
    await page.press('Do not remember the device: Laptop');
    await page.press('Remember the device: Unnamed device');
    expect(asked.inputs('AdminUpdateDeviceStatus')).toEqual([
      { ...key, DeviceKey: 'one', DeviceRememberedStatus: 'not_remembered' },
      { ...key, DeviceKey: 'two', DeviceRememberedStatus: 'remembered' },
    ]);
    expect(await page.toasts()).toContain('The device is remembered.');
  });

  it('say why they could not be changed', async () => {
    const page = await openConsole(
      ANN,
      server().failNext('AdminUpdateDeviceStatus', 'X', 'Not now.'),
    );
    await page.press('Do not remember the device: Laptop');
    expect(await page.notices()).toEqual(['Not now.']);
  });

  it('are only looked at by a viewer', async () => {
    const page = await openConsole(ANN, server('viewer'));
    for (const name of ['Forget the device: Laptop', 'Do not remember the device: Laptop']) {
      expect(await (await page.button(name)).isOff(), name).toBe(true);
    }
  });
});
