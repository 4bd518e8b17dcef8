import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import type { AdminGetUserResponse, DeviceType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Sessions } from '../api/session';
import { Busy } from '../shared/dialogs/busy';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { Toasts } from '../shared/dialogs/toasts';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { Needs } from '../shared/pieces/needs';
import { When } from '../shared/when';
import { deviceTexts } from './model/device-texts';

/** A device in words for people. */
interface ShownDevice {
  readonly key: string;
  readonly name: string;
  readonly address: string | undefined;
  readonly isRemembered: boolean;
  readonly addedAt: number | undefined;
  readonly signedInAt: number | undefined;
}

/** The devices of a user: whether each is remembered, and forgetting one that is lost. */
@Component({
  selector: 'pc-user-devices',
  imports: [ConfirmDialog, FailurePanel, Needs, When],
  templateUrl: './user-devices.html',
  styleUrl: './user-lines.css',
})
export class UserDevices {
  readonly #api = inject(ConsoleApi);
  readonly #sessions = inject(Sessions);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly username = input.required<string>();
  /** As AdminGetUser has it: whenever it is read again, so are the devices. */
  readonly user = input.required<AdminGetUserResponse>();
  /** Whether the pool remembers devices; what it remembered before is shown all the same. */
  readonly remembers = input.required<boolean>();
  readonly changed = output();

  protected readonly texts = deviceTexts;
  readonly #key = computed(() => ({ UserPoolId: this.poolId(), Username: this.username() }));
  protected readonly devices = resource({
    params: () =>
      this.#sessions.session()?.operations.AdminListDevices
        ? { key: this.#key(), user: this.user() }
        : undefined,
    loader: ({ params: { key } }) => this.#all(key),
  });
  protected readonly forgetting = signal<ShownDevice | undefined>(undefined);
  protected readonly forget = computed(() => {
    const [DeviceKey = '', key] = [this.forgetting()?.key, this.#key()];
    return () => this.#api.call('AdminForgetDevice', { ...key, DeviceKey });
  });
  protected readonly busy = new Busy();

  protected done(): void {
    this.forgetting.set(undefined);
    this.#toasts.show(deviceTexts.forgotten, { tone: 'good' });
    this.changed.emit();
  }

  /** It can be taken back, so that nobody is asked. */
  protected async setRemembered({ key: DeviceKey, isRemembered }: ShownDevice): Promise<void> {
    const input = {
      ...this.#key(),
      DeviceKey,
      DeviceRememberedStatus: isRemembered ? ('not_remembered' as const) : ('remembered' as const),
    };
    if (!(await this.busy.run(() => this.#api.call('AdminUpdateDeviceStatus', input)))) return;
    const { doNotDone, rememberDone } = deviceTexts;
    this.#toasts.show(isRemembered ? doNotDone : rememberDone, { tone: 'good' });
    this.devices.reload();
  }

  async #all(key: {
    readonly UserPoolId: string;
    readonly Username: string;
  }): Promise<readonly ShownDevice[]> {
    const all: DeviceType[] = [];
    let token: string | undefined;
    do {
      const page = await this.#api.call('AdminListDevices', { ...key, PaginationToken: token });
      all.push(...(page.Devices ?? []));
      token = page.PaginationToken;
    } while (token !== undefined);
    return all.map(shown);
  }
}

/** Source: settings.md 10#4. */
function shown(device: DeviceType): ShownDevice {
  const valueOf = (name: string) =>
    device.DeviceAttributes?.find(({ Name }) => Name === name)?.Value;
  return {
    key: device.DeviceKey ?? '',
    name: valueOf('device_name') ?? deviceTexts.unnamed,
    address: valueOf('last_ip_used'),
    isRemembered: valueOf('dev:device_remembered_status') === 'remembered',
    addedAt: device.DeviceCreateDate,
    signedInAt: device.DeviceLastAuthenticatedDate,
  };
}
