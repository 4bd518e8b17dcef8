import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import type { ClientSecretDescriptorType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Busy } from '../shared/dialogs/busy';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { Modal } from '../shared/dialogs/modal';
import { Toasts } from '../shared/dialogs/toasts';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { manageTexts } from '../shared/manage-texts';
import { CopyButton } from '../shared/pieces/copy-button';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { Needs } from '../shared/pieces/needs';
import { sharedTexts } from '../shared/texts';
import { When } from '../shared/when';
import { clientTexts } from './texts';

/** The secrets of an app client, at most two, so that one is exchanged for another while applications run. */
@Component({
  selector: 'pc-client-secrets',
  imports: [ConfirmDialog, CopyButton, FailurePanel, Modal, Needs, SkeletonRows, When],
  template: `
    <section class="card part" aria-labelledby="secrets">
      <div class="section-head">
        <h2 id="secrets">{{ texts.secrets }}</h2>
        <p>{{ texts.secretsLead }}</p>
      </div>
      @if (loaded.error(); as error) {
        <pc-failure-panel [error]="error" (retry)="loaded.reload()" />
      } @else if (!loaded.hasValue()) {
        <pc-skeleton-rows [rows]="1" />
      } @else {
        <ul class="secrets">
          @for (one of secrets(); track one.ClientSecretId; let last = $last) {
            <li>
              <div>
                <b>{{ last ? texts.newest : texts.older }}</b>
                <div class="muted">
                  {{ texts.created }} <pc-when [seconds]="one.ClientSecretCreateDate" />
                </div>
              </div>
              @if (isFull()) {
                <button
                  class="btn small danger"
                  type="button"
                  pcNeeds="DeleteUserPoolClientSecret"
                  (click)="deleting.set(one)"
                >
                  {{ last ? texts.deleteNewest : texts.deleteOlder }}
                </button>
              }
            </li>
          }
        </ul>
        @if (busy.problem(); as text) {
          <p class="notice bad" role="alert">{{ text }}</p>
        }
        @if (isFull()) {
          <p class="muted">{{ texts.twoSecrets }}</p>
        } @else {
          <div>
            <button
              class="btn"
              type="button"
              pcNeeds="AddUserPoolClientSecret"
              [disabled]="busy.now()"
              (click)="add()"
            >
              {{ busy.now() ? manage.working : texts.addSecret }}
            </button>
          </div>
        }
      }
    </section>
    @if (made(); as secret) {
      <dialog class="dialog" pcModal aria-labelledby="secret-added" (dismissed)="made.set('')">
        <div class="dialog-body">
          <h2 id="secret-added">{{ texts.secretAdded }}</h2>
          <p class="muted">{{ texts.secretAddedLead }}</p>
          <div class="code-block section-head">
            <span class="secret">{{ secret }}</span>
            <pc-copy-button [text]="secret" [label]="texts.copySecret" />
          </div>
          <div class="dialog-foot">
            <button class="btn primary" type="button" (click)="made.set('')">
              {{ shared.close }}
            </button>
          </div>
        </div>
      </dialog>
    }
    @if (deleting(); as one) {
      <pc-confirm-dialog
        [heading]="texts.deleteSecretHead"
        [verb]="texts.deleteSecret"
        [action]="delete"
        (done)="deleted()"
        (cancelled)="deleting.set(undefined)"
      >
        <p>
          {{ texts.deleteSecretWords }} <pc-when [seconds]="one.ClientSecretCreateDate" />.
          {{ texts.deleteSecretEnd }}
        </p>
      </pc-confirm-dialog>
    }
  `,
  styles: `
    .secrets {
      display: grid;
      gap: var(--s3);
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      gap: var(--s3);
      align-items: center;
      justify-content: space-between;
      flex-wrap: wrap;
    }
    .secret {
      min-width: 0;
      overflow-wrap: anywhere;
      white-space: normal;
    }
  `,
})
export class ClientSecrets {
  readonly #api = inject(ConsoleApi);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly clientId = input.required<string>();
  /** The client has other secrets now. */
  readonly changed = output();
  protected readonly texts = clientTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly busy = new Busy();
  /** The value of a secret that was just made, as long as it is shown. */
  protected readonly made = signal('');
  protected readonly deleting = signal<ClientSecretDescriptorType | undefined>(undefined);
  readonly #key = computed(() => ({ UserPoolId: this.poolId(), ClientId: this.clientId() }));
  protected readonly loaded = resource({
    params: () => this.#key(),
    loader: async ({ params }) =>
      (await this.#api.call('ListUserPoolClientSecrets', params)).ClientSecrets ?? [],
  });
  /** Oldest first. */
  protected readonly secrets = computed(() => (this.loaded.hasValue() ? this.loaded.value() : []));
  protected readonly isFull = computed(() => this.secrets().length > 1);

  protected async add(): Promise<void> {
    await this.busy.run(async () => {
      const answer = await this.#api.call('AddUserPoolClientSecret', this.#key());
      this.made.set(answer.ClientSecretDescriptor?.ClientSecretValue ?? '');
      this.#read();
    });
  }

  protected readonly delete = (): Promise<unknown> =>
    this.#api.call('DeleteUserPoolClientSecret', {
      ...this.#key(),
      ClientSecretId: this.deleting()?.ClientSecretId ?? '',
    });

  protected deleted(): void {
    this.deleting.set(undefined);
    this.#toasts.show(this.texts.secretDeleted, { tone: 'good' });
    this.#read();
  }

  #read(): void {
    this.loaded.reload();
    this.changed.emit();
  }
}
