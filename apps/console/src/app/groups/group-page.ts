import { Component, computed, inject, input, linkedSignal, resource, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { toApiError } from '../api/api-error';
import { ConsoleApi } from '../api/console-api';
import { Sessions } from '../api/session';
import { Busy } from '../shared/dialogs/busy';
import { ConfirmDialog } from '../shared/dialogs/confirm-dialog';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { manageTexts } from '../shared/manage-texts';
import { injectNeedsText, Needs } from '../shared/pieces/needs';
import { nameOf } from '../shared/checks/path-segment.ts';
import { titledBy } from '../shared/pieces/record-title';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { Toasts } from '../shared/dialogs/toasts';
import type { HoldsChanges } from '../shared/dialogs/unsaved';
import { GroupDraft } from './group-draft.ts';
import { GroupFields } from './group-fields';
import { GroupMembers } from './group-members';
import { groupTexts } from './texts';

/** One group: what it is, who is in it, and its end. */
@Component({
  selector: 'pc-group-page',
  imports: [
    ConfirmDialog,
    FailurePanel,
    GroupFields,
    GroupMembers,
    Needs,
    RouterLink,
    SkeletonRows,
  ],
  template: `
    <div class="page">
      <header class="head">
        <div class="stack">
          <a class="back-link" [routerLink]="['/p', poolId(), 'groups']">← {{ texts.back }}</a>
          <h1>
            <bdi>{{ isGone() ? texts.gone : name() }}</bdi>
          </h1>
        </div>
      </header>
      @if (isGone()) {
        <div class="card empty">
          <p>{{ texts.goneLead }}</p>
          <a class="btn" [routerLink]="['/p', poolId(), 'groups']">{{ texts.back }}</a>
        </div>
      } @else if (loaded.error(); as error) {
        <pc-failure-panel [error]="error" (retry)="loaded.reload()" />
      } @else {
        <div class="columns">
          <pc-group-members [poolId]="poolId()" [group]="name()" />
          <div class="stack">
            <form class="card part" (submit)="save($event)" novalidate aria-labelledby="details">
              <h2 id="details">{{ texts.details }}</h2>
              @if (draft(); as draft) {
                @if (!mayEdit()) {
                  <p class="muted">{{ reason() }}</p>
                }
                <pc-group-fields
                  [draft]="draft"
                  (draftChange)="edited.set($event)"
                  [fixed]="!mayEdit()"
                  [tried]="tried()"
                />
                @if (busy.problem(); as text) {
                  <p class="notice bad" role="alert">{{ text }}</p>
                }
                @if (draft.isChanged) {
                  <div class="dialog-foot">
                    <button class="btn ghost" type="button" (click)="discard()">
                      {{ manage.discard }}
                    </button>
                    <button class="btn primary" [disabled]="busy.now()">
                      {{ busy.now() ? manage.saving : manage.save }}
                    </button>
                  </div>
                }
              } @else {
                <pc-skeleton-rows [rows]="3" />
              }
            </form>
            <section class="card part danger-zone" aria-labelledby="danger">
              <h2 id="danger">{{ texts.danger }}</h2>
              <p class="muted">{{ texts.deleteLead }}</p>
              <div>
                <button
                  class="btn danger"
                  type="button"
                  pcNeeds="DeleteGroup"
                  (click)="deleting.set(true)"
                >
                  {{ texts.delete }}
                </button>
              </div>
            </section>
          </div>
        </div>
      }
    </div>
    @if (deleting()) {
      <pc-confirm-dialog
        [heading]="texts.deleteHead(name())"
        [verb]="texts.delete"
        [phrase]="name()"
        [action]="delete"
        (done)="deleted()"
        (cancelled)="deleting.set(false)"
      >
        <p>{{ texts.deleteWords }}</p>
      </pc-confirm-dialog>
    }
  `,
})
export class GroupPage implements HoldsChanges {
  readonly #api = inject(ConsoleApi);
  readonly #sessions = inject(Sessions);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly name = input.required({ transform: nameOf });

  protected readonly texts = groupTexts;
  protected readonly manage = manageTexts;
  protected readonly busy = new Busy();
  protected readonly tried = signal(false);
  protected readonly deleting = signal(false);
  protected readonly loaded = resource({
    params: () => ({ UserPoolId: this.poolId(), GroupName: this.name() }),
    loader: async ({ params }) => (await this.#api.call('GetGroup', params)).Group,
  });
  readonly #group = computed(() => (this.loaded.hasValue() ? this.loaded.value() : undefined));
  protected readonly edited = linkedSignal<GroupDraft | undefined>(() => {
    const group = this.#group();
    return group && GroupDraft.of(group);
  });
  protected readonly draft = this.edited.asReadonly();
  protected readonly isGone = computed(() => {
    const error = this.loaded.error();
    return error !== undefined && toApiError(error).code === 'ResourceNotFoundException';
  });
  protected readonly mayEdit = computed(() => this.#sessions.may('UpdateGroup'));
  protected readonly reason = injectNeedsText('UpdateGroup');

  constructor() {
    titledBy(() => (this.isGone() ? undefined : this.name()));
  }

  hasUnsaved(): boolean {
    return !this.deleting() && (this.draft()?.isChanged ?? false);
  }

  protected discard(): void {
    const group = this.#group();
    this.tried.set(false);
    this.edited.set(group && GroupDraft.of(group));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const draft = this.draft();
    if (draft === undefined || Object.keys(draft.problems).length > 0) return;
    const input = draft.update(this.poolId());
    if (!(await this.busy.run(() => this.#api.call('UpdateGroup', input)))) return;
    this.tried.set(false);
    this.#toasts.show(this.manage.saved, { tone: 'good' });
    this.loaded.reload();
  }

  protected readonly delete = (): Promise<unknown> =>
    this.#api.call('DeleteGroup', { UserPoolId: this.poolId(), GroupName: this.name() });

  protected deleted(): void {
    this.#toasts.show(this.texts.deleted(this.name()), { tone: 'good' });
    void this.#router.navigate(['/p', this.poolId(), 'groups']);
  }
}
