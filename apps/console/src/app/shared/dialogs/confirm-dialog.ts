import { Component, computed, input, output, signal } from '@angular/core';
import { toApiError } from '../../api/api-error';
import { manageTexts } from '../manage-texts';
import { Modal } from './modal';
import { sharedTexts } from '../texts';

let dialogs = 0;

/**
 * Asks before something that cannot be undone, with a phrase to type where that is right. Runs the action itself, shows
 * why it failed, and emits `done` when it worked. What will happen stands in its content.
 */
@Component({
  selector: 'pc-confirm-dialog',
  imports: [Modal],
  template: `
    <dialog class="dialog" pcModal [attr.aria-labelledby]="id" (dismissed)="cancelled.emit()">
      <form class="dialog-body" (submit)="submit($event)">
        <h2 [id]="id">{{ heading() }}</h2>
        <div class="words"><ng-content /></div>
        @if (phrase(); as phrase) {
          <div class="field">
            <label [for]="id + '-phrase'"
              >{{ texts.typeToConfirm }} <b class="mono">{{ phrase }}</b></label
            >
            <input
              [id]="id + '-phrase'"
              dir="auto"
              #field
              (input)="typed.set(field.value)"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
            />
          </div>
        }
        @if (problem(); as text) {
          <p class="notice bad" role="alert">{{ text }}</p>
        }
        <div class="dialog-foot">
          <button class="btn" type="button" (click)="cancelled.emit()">{{ shared.cancel }}</button>
          <button
            class="btn primary"
            [class.danger]="danger()"
            [disabled]="busy() || !isConfirmed()"
          >
            {{ busy() ? texts.working : verb() }}
          </button>
        </div>
      </form>
    </dialog>
  `,
  styles: `
    .words {
      display: grid;
      gap: var(--s2);
      color: var(--ink-2);
    }
    .mono {
      color: var(--ink);
      overflow-wrap: anywhere;
    }
  `,
})
export class ConfirmDialog {
  readonly heading = input.required<string>();
  /** What the button says: a verb. */
  readonly verb = input.required<string>();
  readonly danger = input(true);
  /** To be typed before the button works. */
  readonly phrase = input<string>();
  readonly action = input.required<() => Promise<unknown>>();
  readonly done = output();
  readonly cancelled = output();

  protected readonly texts = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly id = `confirm-${(dialogs += 1)}`;
  protected readonly typed = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal('');
  protected readonly isConfirmed = computed(
    () => this.phrase() === undefined || this.typed().trim() === this.phrase(),
  );

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy() || !this.isConfirmed()) return;
    this.busy.set(true);
    this.problem.set('');
    try {
      await this.action()();
      this.done.emit();
    } catch (error) {
      this.problem.set(toApiError(error).message);
    } finally {
      this.busy.set(false);
    }
  }
}
