import { Component, computed, inject, signal } from '@angular/core';
import { DEFAULT_TEXTS, type MessageTexts } from '../../draft/choices';
import { DraftStore } from '../../draft/draft-store';
import { Choice } from '../../pieces/choice';
import { Field } from '../../pieces/field';
import { MailPreview } from './mail-preview';
import { messagesProblems } from './problems';
import { messagesTexts } from './texts';

/** Which texts belong together. */
type Tab = 'verification' | 'link' | 'invitation';

const NAMES = Object.keys(DEFAULT_TEXTS) as readonly (keyof MessageTexts)[];

const FIELDS = {
  verification: { subject: 'codeSubject', body: 'codeBody', sms: 'sms' },
  link: { subject: 'linkSubject', body: 'linkBody', sms: undefined },
  invitation: { subject: 'inviteSubject', body: 'inviteBody', sms: 'inviteSms' },
} as const;

/** Whether email is verified by code or link, and the messages that go out. */
@Component({
  selector: 'pc-messages-step',
  imports: [Choice, Field, MailPreview],
  templateUrl: './messages-step.html',
  styleUrl: '../step.css',
})
export class MessagesStep {
  protected readonly store = inject(DraftStore);
  protected readonly texts = messagesTexts;
  readonly #chosenTab = signal<Tab | undefined>(undefined);
  protected readonly tabs = computed<readonly Tab[]>(() => {
    const { verify, verifyBy } = this.store.choices();
    return [
      ...(verifyBy === 'link' ? (['link'] as const) : []),
      ...(verify.length > 0 ? (['verification'] as const) : []),
      'invitation',
    ];
  });
  protected readonly tab = computed(() => {
    const [first = 'invitation'] = this.tabs();
    const chosen = this.#chosenTab();
    return chosen && this.tabs().includes(chosen) ? chosen : first;
  });
  protected readonly fields = computed(() => FIELDS[this.tab()]);
  protected readonly isDefault = computed(() => {
    const { texts } = this.store.choices();
    return NAMES.every((name) => texts[name] === DEFAULT_TEXTS[name]);
  });
  protected readonly placeholders = computed(
    () =>
      ({
        verification: this.texts.codePlaceholders,
        link: this.texts.linkPlaceholders,
        invitation: this.texts.invitePlaceholders,
      })[this.tab()],
  );

  protected choose(tab: Tab): void {
    this.#chosenTab.set(tab);
  }

  protected write(field: keyof MessageTexts, text: string): void {
    this.store.set({ texts: { ...this.store.choices().texts, [field]: text } });
  }

  protected reset(): void {
    this.store.set({ texts: DEFAULT_TEXTS });
  }

  protected problem(field: string): string {
    return this.store.problem(messagesProblems, field);
  }
}
