import { inject, Injectable } from '@angular/core';
import {
  Auth,
  ɵinBrowser as inBrowser,
  ɵkeptDevices as keptDevices,
  POOLHOUSE_CONFIG,
  type UserDevice,
} from '@poolhouse/angular';

/** A device that the person has signed in on. What the pool does not know is absent. */
export interface OwnDevice {
  readonly id: string;
  readonly name?: string;
  /** UTC milliseconds, as the other one. */
  readonly createdAtMs?: number;
  readonly usedAtMs?: number;
  /** The network address that it was used from last. */
  readonly address?: string;
  /** Whether the pool leaves it to the person to have this device remembered, and they have not. */
  readonly isUndecided: boolean;
  /** Whether the session of this browser began on it. */
  readonly isThis: boolean;
}

/** The devices of the person who is signed in, in pools that know devices. Failures throw an `AuthError`. Source: API model, ListDevices. */
@Injectable({ providedIn: 'root' })
export class OwnDevices {
  readonly #auth = inject(Auth);
  readonly #kept = keptDevices(inject(POOLHOUSE_CONFIG), inBrowser());

  /** Reads them all. */
  async list(): Promise<readonly OwnDevice[]> {
    const found: UserDevice[] = [];
    let PaginationToken: string | undefined;
    do {
      const more = PaginationToken ? { PaginationToken } : {};
      const page = await this.#auth.call('ListDevices', more);
      found.push(...(page.Devices ?? []));
      ({ PaginationToken } = page);
    } while (PaginationToken);
    const undecided = await this.undecided();
    const key = this.#key();
    return found.map(({ DeviceKey: id, DeviceAttributes = [], ...dates }) => {
      const valueOf = (name: string) => DeviceAttributes.find(({ Name }) => Name === name)?.Value;
      const { DeviceCreateDate: made, DeviceLastAuthenticatedDate: used } = dates;
      const [name, address] = [valueOf('device_name'), valueOf('last_ip_used')];
      return {
        ...{ id, isThis: id === key, isUndecided: id === undecided },
        ...(name && { name }),
        ...(address && { address }),
        ...(made !== undefined && { createdAtMs: made * 1000 }),
        ...(used !== undefined && { usedAtMs: used * 1000 }),
      };
    });
  }

  /** This device, where the pool leaves it to the person to have it remembered, and they have not; null elsewhere. */
  async undecided(): Promise<string | null> {
    const id = await this.#kept.undecided();
    return id !== null && id === this.#key() ? id : null;
  }

  /** Forgets one, which ends the sessions that began on it. */
  async forget(id: string): Promise<void> {
    await this.#auth.call('ForgetDevice', { DeviceKey: id });
  }

  /** Whether the device stands in for a second factor from now on, in pools that leave it to the person. */
  async remember(id: string, isRemembered: boolean): Promise<void> {
    const DeviceRememberedStatus = isRemembered ? 'remembered' : 'not_remembered';
    await this.#auth.call('UpdateDeviceStatus', { DeviceKey: id, DeviceRememberedStatus });
    await this.#kept.ask(null);
  }

  #key(): unknown {
    return deviceKeyIn(this.#auth.session()?.accessToken);
  }
}

/** The claim `device_key` of an access token; for showing only. */
function deviceKeyIn(token = ''): unknown {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(part)) as { readonly device_key?: unknown }).device_key;
  } catch {
    return undefined;
  }
}
