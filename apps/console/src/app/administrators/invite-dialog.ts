import { Component, computed, inject, output, signal } from '@angular/core';
import { Busy } from '../shared/dialogs/busy';
import { manageTexts } from '../shared/manage-texts';
import { Modal } from '../shared/dialogs/modal';
import { sharedTexts } from '../shared/texts';
import { AdministratorsApi } from './administrators-api';
import { invitationProblems, toInvitation, type InvitationDraft } from './invitation-draft';
import { RoleChoice } from './role-choice';
import { administratorTexts } from './texts';

/** A link that was made, and for whom. */
export interface MadeLink {
  readonly username: string;
  readonly link: string;
}

/** Asks who is to come in, and makes the link. */
@Component({
  selector: 'pc-invite-dialog',
  imports: [Modal, RoleChoice],
  template: `
    <dialog class="dialog side" pcModal aria-labelledby="invite" (dismissed)="dismiss()">
      <form class="dialog-body" (submit)="submit($event)" novalidate>
        <div>
          <h2 id="invite">{{ texts.invite }}</h2>
          <p class="muted">{{ texts.inviteLead }}</p>
        </div>
        <div class="field">
          <label for="invite-name">{{ texts.username }}</label>
          <input
            id="invite-name"
            #name
            required
            dir="auto"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            (input)="set({ username: name.value })"
            [attr.aria-invalid]="shown().username ? true : null"
            aria-describedby="invite-name-hint"
          />
          <span [class]="shown().username ? 'problem' : 'hint'" id="invite-name-hint">{{
            shown().username ? texts.badName : texts.usernameHint
          }}</span>
        </div>
        <div class="field">
          <label for="invite-email"
            >{{ texts.email }} <span class="faint">({{ manage.optional }})</span></label
          >
          <input
            id="invite-email"
            #email
            type="email"
            autocomplete="off"
            (input)="set({ email: email.value })"
            [attr.aria-invalid]="shown().email ? true : null"
            aria-describedby="invite-email-hint"
          />
          <span [class]="shown().email ? 'problem' : 'hint'" id="invite-email-hint">{{
            shown().email ? texts.badEmail : texts.emailHint
          }}</span>
        </div>
        <pc-role-choice
          [legend]="texts.role"
          [role]="draft().role"
          (roleChange)="set({ role: $event })"
        />
        @if (busy.problem(); as text) {
          <p class="notice bad" role="alert">{{ text }}</p>
        }
        <div class="dialog-foot">
          <button class="btn" type="button" (click)="dismiss()">{{ shared.cancel }}</button>
          <button class="btn primary" [disabled]="busy.now()">
            {{ busy.now() ? manage.working : texts.makeLink }}
          </button>
        </div>
      </form>
    </dialog>
  `,
})
export class InviteDialog {
  readonly #api = inject(AdministratorsApi);
  /** The link, or nothing when it was given up. */
  readonly closed = output<MadeLink | undefined>();
  protected readonly texts = administratorTexts;
  protected readonly manage = manageTexts;
  protected readonly shared = sharedTexts;
  protected readonly busy = new Busy();
  protected readonly draft = signal<InvitationDraft>({ username: '', email: '', role: 'viewer' });
  readonly #tried = signal(false);
  protected readonly shown = computed<ReturnType<typeof invitationProblems>>(() =>
    this.#tried() ? invitationProblems(this.draft()) : {},
  );

  protected set(changes: Partial<InvitationDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...changes }));
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#tried.set(true);
    if (Object.keys(invitationProblems(this.draft())).length > 0) return;
    const invitation = toInvitation(this.draft());
    await this.busy.run(async () => {
      const link = await this.#api.invite(invitation);
      this.closed.emit({ username: invitation.username, link });
    });
  }

  protected dismiss(): void {
    if (!this.busy.now()) this.closed.emit(undefined);
  }
}
