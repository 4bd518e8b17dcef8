import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  Injector,
  output,
  ViewEncapsulation,
} from '@angular/core';
import { Auth, ɵinBrowser as inBrowser, POOLHOUSE_TEXTS, PoolSettings } from '@poolhouse/angular';
import {
  ɵfill as fill,
  ɵFormField as FormField,
  ɵinjectWords as injectWords,
} from '@poolhouse/angular/fields';
import { type AddressName, type AddressRow, OwnAddressesForm } from './own-addresses-form';

let count = 0;

/** Where a signed-in person changes the email address and the phone number of the account, and proves them by a code. */
@Component({
  selector: 'ph-addresses',
  imports: [FormField],
  host: { class: 'ph-alone ph-part' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrls: ['../fields/theme.css', './part.css'],
  template: `
    @if (!screen.isLoaded()) {
      @if (screen.form.error(); as error) {
        <p class="ph-error" role="alert">{{ error }}</p>
        <button type="button" class="ph-button" (click)="screen.load()">
          {{ words.tryAgain }}
        </button>
      } @else {
        <p role="status" class="ph-loading">{{ words.loading }}</p>
      }
    } @else {
      <ul>
        @for (row of screen.rows(); track row.name) {
          <li tabindex="-1" [attr.data-row]="row.name" [attr.aria-labelledby]="id + row.name">
            <div class="ph-what">
              <b [id]="id + row.name">{{ row.label }}</b>
              @if (row.value) {
                <span class="ph-state" [class.ph-on]="row.isVerified">
                  {{ row.isVerified ? words.addressVerified : words.addressUnverified }}
                </span>
              }
              <p>
                <bdi>{{ row.value || words.addressNone }}</bdi>
              </p>
            </div>
            @if (screen.changed() === row.name) {
              <form novalidate (submit)="save($event, row)">
                <ph-field
                  [field]="screen.fields[row.name].field"
                  [label]="row.label"
                  [help]="screen.fields[row.name].help"
                  [type]="screen.fields[row.name].type"
                  [autocomplete]="screen.fields[row.name].autocomplete"
                />
                <div role="alert">
                  @if (screen.saving.error(); as error) {
                    <p class="ph-error">{{ error }}</p>
                  }
                </div>
                <div class="ph-acts">
                  <button
                    type="submit"
                    class="ph-button ph-primary"
                    [attr.aria-disabled]="screen.saving.pending() ? 'true' : null"
                  >
                    {{ words.addressSave }}
                  </button>
                  <button type="button" class="ph-button" (click)="cancel(row)">
                    {{ words.factorCancel }}
                  </button>
                </div>
              </form>
            } @else if (screen.proved()?.name === row.name) {
              <form novalidate (submit)="prove($event, row)">
                <p>{{ sent() }}</p>
                <ph-field
                  [field]="screen.code"
                  [label]="words.code"
                  [help]="words.codeHelp"
                  autocomplete="one-time-code"
                />
                <div role="alert">
                  @if (screen.proving.error(); as error) {
                    <p class="ph-error">{{ error }}</p>
                  }
                </div>
                <div class="ph-acts">
                  <button
                    type="submit"
                    class="ph-button ph-primary"
                    [attr.aria-disabled]="screen.proving.pending() ? 'true' : null"
                  >
                    {{ words.addressVerify }}
                  </button>
                  <button type="button" class="ph-button" (click)="cancel(row)">
                    {{ words.factorCancel }}
                  </button>
                </div>
              </form>
            } @else {
              <div class="ph-acts">
                @if (row.value && !row.isVerified) {
                  <button
                    type="button"
                    class="ph-button"
                    [attr.aria-label]="named(words.addressVerify, row)"
                    [attr.aria-disabled]="screen.form.pending() ? 'true' : null"
                    (click)="send(row)"
                  >
                    {{ words.addressVerify }}
                  </button>
                }
                @if (row.canChange) {
                  <button
                    type="button"
                    class="ph-button"
                    [attr.aria-label]="
                      named(row.value ? words.addressChange : words.addressAdd, row)
                    "
                    (click)="change(row)"
                  >
                    {{ row.value ? words.addressChange : words.addressAdd }}
                  </button>
                }
              </div>
            }
            <div role="alert">
              @if (screen.at() === row.name && screen.form.error(); as error) {
                <p class="ph-error">{{ error }}</p>
              }
            </div>
          </li>
        }
      </ul>
      <p role="status" class="ph-said">{{ screen.said() }}</p>
    }
  `,
})
export class Addresses {
  /** An address is another one, or is proved: what depends on it may be different now. */
  readonly changed = output();

  protected readonly words = injectWords();
  protected readonly screen = new OwnAddressesForm(
    inject(Auth),
    inject(POOLHOUSE_TEXTS),
    inject(PoolSettings).current,
  );
  protected readonly id = `ph-addresses-${++count}-`;
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);

  constructor() {
    if (inBrowser()) void this.screen.load();
  }

  protected sent(): string {
    const address = this.screen.proved()?.sentTo ?? '';
    return fill(this.words.secondFactorSent, { address });
  }

  protected named(action: string, { label: factor }: AddressRow): string {
    return fill(this.words.factorButton, { action, factor });
  }

  protected change(row: AddressRow): void {
    this.screen.change(row);
    this.#focus(`[data-row=${row.name}] input`);
  }

  protected cancel(row: AddressRow): void {
    this.screen.cancel();
    this.#focusRow(row.name);
  }

  protected async save(event: Event, { name }: AddressRow): Promise<void> {
    event.preventDefault();
    await this.#went(name, await this.screen.save());
  }

  protected async send({ name }: AddressRow): Promise<void> {
    if (await this.screen.send(name)) this.#focus(`[data-row=${name}] input`);
  }

  protected async prove(event: Event, { name }: AddressRow): Promise<void> {
    event.preventDefault();
    await this.#went(name, await this.screen.prove());
  }

  async #went(name: AddressName, isDone: boolean): Promise<void> {
    if (!isDone) return this.#focus('[aria-invalid=true]');
    this.changed.emit();
    if (this.screen.proved()) this.#focus(`[data-row=${name}] input`);
    else this.#focusRow(name);
  }

  /** The button that had the focus is gone: the keyboard goes on from the same address. */
  #focusRow(name: AddressName): void {
    this.#focus(`[data-row=${name}]`);
  }

  #focus(selector: string): void {
    afterNextRender(() => this.#host.querySelector<HTMLElement>(selector)?.focus(), {
      injector: this.#injector,
    });
  }
}
