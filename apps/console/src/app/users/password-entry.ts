import { Component, computed, input, model, signal } from '@angular/core';
import type { PasswordPolicyType } from '@poolhouse/model';
import { generatedPassword, rulesOf, secureRandom, unmet } from './model/new-user.ts';
import { ruleTexts, userTexts } from './model/texts';

/** A password that an administrator sets: typed or made, with the pool's rules being met as one types. */
@Component({
  selector: 'pc-password-entry',
  template: `
    <div class="field">
      <label for="set-password">{{ texts.password }}</label>
      <div class="line">
        <input
          id="set-password"
          class="mono"
          #field
          [type]="shown() ? 'text' : 'password'"
          [value]="password()"
          (input)="password.set(field.value)"
          aria-describedby="set-password-rules"
          autocomplete="new-password"
          autocapitalize="none"
          spellcheck="false"
        />
        <button class="btn" type="button" (click)="make()">{{ texts.generate }}</button>
      </div>
      <ul class="rules" id="set-password-rules">
        @for (rule of rules(); track rule) {
          <li [class.met]="!missing().includes(rule)">{{ ruleText(rule) }}</li>
        }
      </ul>
      <label class="check">
        <input type="checkbox" #box [checked]="shown()" (change)="shown.set(box.checked)" />
        <span>{{ texts.showPassword }}</span>
      </label>
    </div>
  `,
  styles: `
    .line {
      display: flex;
      gap: var(--s2);
    }
    .line .btn {
      height: auto;
    }
    .check {
      font-weight: 400;
    }
  `,
})
export class PasswordEntry {
  readonly policy = input.required<PasswordPolicyType>();
  readonly password = model.required<string>();
  protected readonly texts = userTexts;
  protected readonly shown = signal(false);
  protected readonly rules = computed(() => rulesOf(this.policy()));
  protected readonly missing = computed(() => unmet(this.policy(), this.password()));

  protected ruleText(rule: Parameters<typeof ruleTexts>[0]): string {
    return ruleTexts(rule, this.policy().MinimumLength ?? 8);
  }

  protected make(): void {
    this.shown.set(true);
    this.password.set(generatedPassword(this.policy(), secureRandom));
  }
}
