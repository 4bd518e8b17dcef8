import {
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import type { ResourceServerType } from '@poolhouse/model';
import { ConsoleApi } from '../api/console-api';
import { Busy } from '../shared/dialogs/busy';
import { Modal } from '../shared/dialogs/modal';
import { manageTexts } from '../shared/manage-texts';
import { sharedTexts } from '../shared/texts';
import { ServerDraft } from './server-draft.ts';
import { serverProblems, serverTexts } from './texts';

/** Makes a resource server, or changes the name and the scopes of one. */
@Component({
  selector: 'pc-edit-server',
  imports: [Modal],
  template: `
    <dialog class="dialog side" pcModal aria-labelledby="edit-server" (dismissed)="dismiss()">
      <form class="dialog-body" (submit)="submit($event)" novalidate>
        <h2 id="edit-server">
          <bdi>{{ heading() }}</bdi>
        </h2>
        <div class="field">
          <label for="server-name">{{ texts.name }}</label>
          <input
            id="server-name"
            dir="auto"
            #name
            [value]="draft().values.name"
            (input)="draft.set(draft().with({ name: name.value }))"
            [attr.aria-invalid]="problem('name') ? true : null"
            aria-describedby="server-name-help"
            autocomplete="off"
          />
          <span [class]="problem('name') ? 'problem' : 'hint'" id="server-name-help">{{
            problem('name') || texts.nameHint
          }}</span>
        </div>
        <div class="field">
          <label for="server-id">{{ texts.identifier }}</label>
          <input
            id="server-id"
            class="mono"
            #identifier
            [value]="draft().values.identifier"
            [readOnly]="server() !== undefined"
            (input)="draft.set(draft().with({ identifier: identifier.value.trim() }))"
            [attr.aria-invalid]="problem('identifier') ? true : null"
            aria-describedby="server-id-help"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
          />
          <span [class]="problem('identifier') ? 'problem' : 'hint'" id="server-id-help">{{
            problem('identifier') || texts.identifierHint
          }}</span>
        </div>
        <fieldset class="stack">
          <legend>
            <b>{{ texts.scopes }}</b>
          </legend>
          <p class="muted">{{ texts.scopesLead }}</p>
          @for (scope of draft().values.scopes; track $index; let at = $index) {
            <div class="scope">
              <div class="field">
                <label [for]="'scope-' + at">{{ texts.scope }} {{ at + 1 }}</label>
                <input
                  [id]="'scope-' + at"
                  class="mono"
                  #scopeName
                  [value]="scope.name"
                  (input)="draft.set(draft().withScope(at, { name: scopeName.value.trim() }))"
                  [attr.aria-invalid]="problem('scope-' + at) ? true : null"
                  [attr.aria-describedby]="problem('scope-' + at) ? 'scope-help-' + at : null"
                  autocomplete="off"
                  autocapitalize="none"
                  spellcheck="false"
                />
                @if (problem('scope-' + at); as text) {
                  <span class="problem" [id]="'scope-help-' + at">{{ text }}</span>
                }
              </div>
              <div class="field">
                <label [for]="'permits-' + at">{{ texts.description }} {{ at + 1 }}</label>
                <input
                  [id]="'permits-' + at"
                  dir="auto"
                  #description
                  [value]="scope.description"
                  (input)="draft.set(draft().withScope(at, { description: description.value }))"
                  [attr.aria-invalid]="problem('description-' + at) ? true : null"
                  [attr.aria-describedby]="
                    problem('description-' + at) ? 'permits-help-' + at : null
                  "
                  autocomplete="off"
                />
                @if (problem('description-' + at); as text) {
                  <span class="problem" [id]="'permits-help-' + at">{{ text }}</span>
                }
              </div>
              <div>
                <button class="btn small" type="button" (click)="draft.set(draft().without(at))">
                  {{ texts.removeScope(scope.name) }}
                </button>
              </div>
            </div>
          }
          <div>
            <button class="btn" type="button" (click)="addScope()">{{ texts.addScope }}</button>
          </div>
        </fieldset>
        @if (busy.problem(); as text) {
          <p class="notice bad" role="alert">{{ text }}</p>
        }
        <div class="dialog-foot">
          <button class="btn" type="button" (click)="dismiss()">{{ shared.cancel }}</button>
          <button class="btn primary" [disabled]="busy.now()">
            {{ busy.now() ? manage.working : server() ? manage.save : texts.create }}
          </button>
        </div>
      </form>
    </dialog>
  `,
  styles: `
    .scope {
      display: grid;
      gap: var(--s3);
      padding-block: var(--s3);
      border-block-end: 1px solid var(--line);
    }
  `,
})
export class EditServer {
  readonly #api = inject(ConsoleApi);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly poolId = input.required<string>();
  /** The one that is edited; a new one where there is none. */
  readonly server = input<ResourceServerType>();
  /** The name of what was saved, or nothing when it was given up. */
  readonly closed = output<string | undefined>();
  protected readonly texts = serverTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly busy = new Busy();
  protected readonly draft = linkedSignal(() => {
    const server = this.server();
    return server === undefined ? new ServerDraft() : ServerDraft.of(server);
  });
  protected readonly heading = computed(() => {
    const server = this.server();
    return server === undefined ? this.texts.create : this.texts.editHead(server.Name ?? '');
  });
  readonly #tried = signal(false);

  /** That something is missing is said after a try to save. */
  protected problem(field: string): string {
    const problem = this.draft().problems[field];
    const isSaid = problem !== undefined && (this.#tried() || !problem.startsWith('no-'));
    return isSaid ? serverProblems[problem] : '';
  }

  protected addScope(): void {
    const at = this.draft().values.scopes.length;
    this.draft.set(this.draft().withOneMore());
    setTimeout(() => this.#element.querySelector<HTMLElement>(`#scope-${at}`)?.focus());
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#tried.set(true);
    const draft = this.draft();
    if (Object.keys(draft.problems).length > 0) {
      setTimeout(() => this.#element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const name = this.server() ? 'UpdateResourceServer' : 'CreateResourceServer';
    const input = draft.input(this.poolId());
    if (await this.busy.run(() => this.#api.call(name, input))) this.closed.emit(input.Name);
  }

  protected dismiss(): void {
    if (!this.busy.now()) this.closed.emit(undefined);
  }
}
