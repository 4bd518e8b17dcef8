import type { OnInit } from '@angular/core';
import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { GroupType } from '@poolhouse/model';
import { toApiError } from '../api/api-error';
import { manageTexts } from '../shared/manage-texts';
import { Modal } from '../shared/dialogs/modal';
import { sharedTexts } from '../shared/texts';
import { Toasts } from '../shared/dialogs/toasts';
import { BulkRun, type BulkState } from './model/bulk-run.ts';
import { actionTexts, userTexts } from './model/texts';
import { UserActions, type UserAction } from './model/user-actions';

/** Asks, then does one thing with many users: how far it is, stopping it, and whom it failed for. */
@Component({
  selector: 'pc-bulk-dialog',
  imports: [Modal],
  templateUrl: './bulk-dialog.html',
})
export class BulkDialog implements OnInit {
  readonly #actions = inject(UserActions);
  readonly #toasts = inject(Toasts);
  readonly poolId = input.required<string>();
  readonly action = input.required<UserAction>();
  /** What the users are called, by id. */
  readonly users = input.required<ReadonlyMap<string, string>>();
  readonly #ids = computed(() => [...this.users().keys()]);
  /** Something was done. */
  readonly finished = output();
  /** Nothing was done. */
  readonly cancelled = output();

  protected readonly texts = userTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly words = computed(() => actionTexts[this.action()]);
  protected readonly who = computed(() => {
    const [first = '', ...others] = this.users().values();
    return others.length === 0 ? first : `${this.users().size} users`;
  });
  protected readonly groups = signal<readonly GroupType[] | undefined>(undefined);
  protected readonly group = signal('');
  protected readonly typed = signal('');
  protected readonly problem = signal('');
  protected readonly state = signal<BulkState | undefined>(undefined);
  protected readonly percent = computed(() => {
    const { done = 0, total = 1 } = this.state() ?? {};
    return (done / total) * 100;
  });
  protected readonly phrase = computed(() =>
    this.action() === 'delete' ? this.texts.deletePhrase(this.users().size) : undefined,
  );
  protected readonly isReady = computed(
    () =>
      (this.phrase() === undefined || this.typed().trim() === this.phrase()) &&
      (this.action() !== 'add-to-group' || this.group() !== ''),
  );
  #run: BulkRun | undefined;

  ngOnInit(): void {
    if (this.action() === 'add-to-group') void this.#readGroups();
  }

  protected async start(event: Event, ids = this.#ids()): Promise<void> {
    event.preventDefault();
    if (!this.isReady()) return;
    this.#run = new BulkRun(
      ids,
      (id) => this.#act(id),
      (state) => this.state.set(state),
    );
    const end = await this.#run.run();
    // All went well: nobody has to read that and press a button.
    if (end.phase === 'finished' && end.failed.length === 0) this.#finish(ids);
  }

  protected retry(event: Event): void {
    void this.start(event, this.state()?.failed.map(({ name }) => name) ?? []);
  }

  protected stop(): void {
    this.#run?.cancel();
  }

  protected dismiss(): void {
    const phase = this.state()?.phase;
    if (phase === undefined) this.cancelled.emit();
    else if (phase !== 'running') this.finished.emit();
  }

  async #readGroups(): Promise<void> {
    try {
      this.groups.set(await this.#actions.groups(this.poolId()));
    } catch (error) {
      this.problem.set(toApiError(error).message);
    }
  }

  #act(id: string): Promise<void> {
    return this.#actions.run(this.action(), this.poolId(), id, this.group());
  }

  #finish(ids: readonly string[]): void {
    const [action, poolId, group] = [this.action(), this.poolId(), this.group()];
    const back = this.#backFrom(action, poolId, group);
    const undo = back && (() => new BulkRun(ids, back).run().then(() => undefined));
    this.#toasts.show(this.texts.bulkDone(action, ids.length), { undo, tone: 'good' });
    this.finished.emit();
  }

  #backFrom(action: UserAction, poolId: string, group: string) {
    switch (action) {
      case 'disable':
        return (name: string) => this.#actions.run('enable', poolId, name);
      case 'enable':
        return (name: string) => this.#actions.run('disable', poolId, name);
      case 'add-to-group':
        return (name: string) => this.#actions.removeFromGroup(poolId, name, group);
      default:
        return undefined;
    }
  }
}
