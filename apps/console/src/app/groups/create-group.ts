import { Component, inject, input, output, signal } from '@angular/core';
import { ConsoleApi } from '../api/console-api';
import { Busy } from '../shared/dialogs/busy';
import { manageTexts } from '../shared/manage-texts';
import { Modal } from '../shared/dialogs/modal';
import { sharedTexts } from '../shared/texts';
import { GroupDraft } from './group-draft.ts';
import { GroupFields } from './group-fields';
import { groupTexts } from './texts';

/** Makes a group. */
@Component({
  selector: 'pc-create-group',
  imports: [GroupFields, Modal],
  template: `
    <dialog class="dialog side" pcModal aria-labelledby="create-group" (dismissed)="dismiss()">
      <form class="dialog-body" (submit)="submit($event)" novalidate>
        <h2 id="create-group">{{ texts.create }}</h2>
        <pc-group-fields [(draft)]="draft" [isNew]="true" [tried]="tried()" />
        @if (busy.problem(); as text) {
          <p class="notice bad" role="alert">{{ text }}</p>
        }
        <div class="dialog-foot">
          <button class="btn" type="button" (click)="dismiss()">{{ shared.cancel }}</button>
          <button class="btn primary" [disabled]="busy.now()">
            {{ busy.now() ? manage.working : texts.create }}
          </button>
        </div>
      </form>
    </dialog>
  `,
})
export class CreateGroup {
  readonly #api = inject(ConsoleApi);
  readonly poolId = input.required<string>();
  /** The name of the new group, or nothing when it was given up. */
  readonly closed = output<string | undefined>();
  protected readonly texts = groupTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly busy = new Busy();
  protected readonly draft = signal(new GroupDraft());
  protected readonly tried = signal(false);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    const draft = this.draft();
    if (Object.keys(draft.problems).length > 0) return;
    const input = draft.create(this.poolId());
    if (await this.busy.run(() => this.#api.call('CreateGroup', input))) {
      this.closed.emit(input.GroupName);
    }
  }

  protected dismiss(): void {
    if (!this.busy.now()) this.closed.emit(undefined);
  }
}
