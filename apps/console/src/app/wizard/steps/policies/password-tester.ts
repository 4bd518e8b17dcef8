import { Component, computed, input, signal } from '@angular/core';
import type { Choices } from '../../draft/choices';
import { rulesOf } from './password-rules';
import { policiesTexts } from './texts';

/** A box to try passwords against the rules of the draft. Nothing typed here goes anywhere. */
@Component({
  selector: 'pc-password-tester',
  template: `
    <div class="card tester">
      <div class="field">
        <label for="try-password">{{ texts.try }}</label>
        <input
          id="try-password"
          type="text"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-describedby="try-rules"
          [value]="password()"
          (input)="password.set($any($event.target).value)"
        />
      </div>
      <ul class="rules" id="try-rules">
        @for (rule of rules(); track rule.text) {
          <li [class.met]="rule.met">
            {{ rule.text }}<span class="unseen">{{ rule.met ? ', met' : '' }}</span>
          </li>
        }
      </ul>
      <p aria-live="polite">
        @if (password()) {
          <span class="chip" [class.good]="fits()" [class.warn]="!fits()">{{
            fits() ? texts.accepted : texts.refused
          }}</span>
        }
      </p>
    </div>
  `,
  styles: `
    .tester {
      display: grid;
      gap: var(--s3);
      padding: var(--s4);
    }
  `,
})
export class PasswordTester {
  readonly choices = input.required<Choices>();
  protected readonly texts = policiesTexts;
  protected readonly password = signal('');
  protected readonly rules = computed(() => rulesOf(this.choices(), this.password()));
  protected readonly fits = computed(() => this.rules().every(({ met }) => met));
}
