import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import { ɵinBrowser as inBrowser, POOLHOUSE_TEXTS } from '@poolhouse/angular';
import { ɵfill as fill, ɵinjectWords as injectWords } from '@poolhouse/angular/fields';
import { injectDates } from './dates';
import { ListForm } from './list-form';
import { OwnList, type ListRow } from './own-list';
import { OwnDevices, type OwnDevice } from './own-devices';

/** Where a signed-in person sees the devices that the pool knows, and has it forget one. */
@Component({
  selector: 'ph-devices',
  imports: [OwnList],
  host: { class: 'ph-alone ph-part' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './part.css'],
  template: `
    <ph-own-list
      [form]="screen"
      [rows]="rows()"
      [empty]="words.deviceNone"
      [action]="words.deviceForget"
      [question]="words.deviceForgetAsk"
      (remove)="forget($event)"
    />
    @if (undecided(); as device) {
      <p>{{ words.deviceRememberHelp }}</p>
      <div class="ph-acts">
        <button
          type="button"
          class="ph-button"
          [attr.aria-disabled]="screen.form.pending() ? 'true' : null"
          (click)="remember(device.id)"
        >
          {{ words.deviceRemember }}
        </button>
      </div>
      <div role="alert">
        @if (screen.at() === null && screen.form.error(); as error) {
          <p class="ph-error">{{ error }}</p>
        }
      </div>
    }
  `,
})
export class Devices {
  readonly #devices = inject(OwnDevices);
  protected readonly screen = new ListForm(() => this.#devices.list(), inject(POOLHOUSE_TEXTS));
  /** Whether the pool knows devices; true until it says no. */
  readonly isOffered = this.screen.isOffered.asReadonly();

  protected readonly words = injectWords();
  protected readonly list = viewChild.required(OwnList);
  protected readonly rows = computed<readonly ListRow[]>(() =>
    (this.screen.items() ?? []).map((device) => ({
      ...{ id: device.id, label: this.#label(device), help: this.#help(device) },
      ...(device.isThis && { state: this.words.sessionThis }),
      canRemove: true,
    })),
  );
  /** This device, where the pool leaves it to the person and they have not said yes. */
  protected readonly undecided = computed(() =>
    this.screen.items()?.find(({ isThis, isUndecided }) => isThis && isUndecided),
  );
  readonly #date = injectDates();

  constructor() {
    if (inBrowser()) void this.screen.load();
  }

  protected async forget(id: string): Promise<void> {
    const device = this.screen.items()?.find((one) => one.id === id);
    if (!device) return;
    const said = fill(this.words.deviceIsForgotten, { device: this.#label(device) });
    if (await this.screen.act(id, () => this.#devices.forget(id), said)) this.list().keepFocus();
  }

  protected async remember(id: string): Promise<void> {
    const { deviceIsRemembered } = this.words;
    const work = () => this.#devices.remember(id, true);
    if (await this.screen.act(null, work, deviceIsRemembered)) this.list().keepFocus();
  }

  #label({ name }: OwnDevice): string {
    return name ?? this.words.sessionUnknown;
  }

  #help({ createdAtMs, usedAtMs, address }: OwnDevice): string {
    const { sessionBegan, sessionUsed, sessionFrom } = this.words;
    return [
      createdAtMs !== undefined && fill(sessionBegan, { date: this.#date(createdAtMs) }),
      usedAtMs !== undefined && fill(sessionUsed, { date: this.#date(usedAtMs) }),
      address !== undefined && fill(sessionFrom, { address }),
    ]
      .filter(Boolean)
      .join(' ');
  }
}
