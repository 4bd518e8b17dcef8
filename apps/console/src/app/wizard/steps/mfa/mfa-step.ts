import { Component, computed, inject } from '@angular/core';
import { SmsWayNotice } from '../../../shared/pieces/sms-way-notice';
import type { Factor, Medium, Mfa, Recovery } from '../../draft/choices';
import { DraftStore } from '../../draft/draft-store';
import { Choice } from '../../pieces/choice';
import { Field } from '../../pieces/field';
import { mfaProblems } from './problems';
import { sendsSms } from './sends-sms';
import { mfaTexts } from './texts';

/** Second factors, what is verified, recovery, and how SMS leave. */
@Component({
  selector: 'pc-mfa-step',
  imports: [Choice, Field, SmsWayNotice],
  templateUrl: './mfa-step.html',
  styleUrl: '../step.css',
})
export class MfaStep {
  protected readonly store = inject(DraftStore);
  protected readonly texts = mfaTexts;
  protected readonly levels: readonly Mfa[] = ['off', 'optional', 'required'];
  protected readonly factors: readonly Factor[] = ['app', 'sms', 'email'];
  protected readonly recoveries = computed<readonly Recovery[]>(() => {
    const { verify } = this.store.choices();
    const [mail, phone] = [verify.includes('email'), verify.includes('phone_number')];
    return [
      ...(mail ? (['email'] as const) : []),
      ...(mail && phone ? (['email-phone', 'phone-email'] as const) : []),
      ...(phone ? (['phone'] as const) : []),
      'admin',
    ];
  });
  protected readonly sendsSms = computed(() => sendsSms(this.store.choices()));
  protected readonly isSmsAlone = computed(() => {
    const { mfa, factors } = this.store.choices();
    return mfa === 'required' && factors.join() === 'sms';
  });

  /** What people sign in with has to be verified. */
  protected isNeeded(medium: Medium): boolean {
    const { signInWith, aliases } = this.store.choices();
    if (signInWith === 'username') return aliases.includes(medium);
    if (signInWith === 'email-or-phone') return true;
    return (signInWith === 'email') === (medium === 'email');
  }

  protected setMfa(mfa: Mfa): void {
    this.store.set({ mfa });
    this.#sayConflicts();
  }

  protected toggleFactor(factor: Factor): void {
    const set = new Set(this.store.choices().factors);
    if (!set.delete(factor)) set.add(factor);
    this.store.set({ factors: this.factors.filter((one) => set.has(one)) });
    this.#sayConflicts();
  }

  protected toggle(medium: Medium): void {
    const set = new Set(this.store.choices().verify);
    if (!set.delete(medium)) set.add(medium);
    this.store.set({ verify: (['email', 'phone_number'] as const).filter((one) => set.has(one)) });
  }

  protected makeRole(): void {
    const name =
      this.store
        .choices()
        .name.trim()
        .replaceAll(/[^\w+=,.@-]+/g, '-') || 'pool';
    this.store.set({
      smsRole: `arn:aws:iam::000000000000:role/service-role/${name}-sms`,
      smsExternalId: this.store.choices().smsExternalId || name,
    });
  }

  protected problem(field: string): string {
    return this.store.problem(mfaProblems, field);
  }

  /** What a second factor rules out is elsewhere on the page: it is said at once. */
  #sayConflicts(): void {
    this.store.leave('factors');
    this.store.leave('recovery');
    this.store.leave('smsRole');
  }
}
