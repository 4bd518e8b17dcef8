import {
  afterNextRender,
  booleanAttribute,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import { injectWords } from './inject-words';
import { AFTER_PRESS } from './after-press';
import type { FieldState } from './forms/field';
import type { PasswordRule } from './forms/password-rules';

let count = 0;

/** A label, the control, help below it, and in the help's place what is wrong. */
@Component({
  selector: 'ph-field',
  host: { class: 'ph-field' },
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './form-field.css',
  template: `
    <label [for]="id">
      {{ label() }}
      @if (optional()) {
        <span class="ph-optional">({{ words.optional }})</span>
      }
    </label>
    <span class="ph-control">
      @if (options().length > 0) {
        <select
          #box
          [id]="id"
          [value]="field().value()"
          [autocomplete]="autocomplete()"
          [attr.aria-required]="!optional()"
          [attr.aria-invalid]="problem() !== null"
          [attr.aria-describedby]="describedBy()"
          (change)="field().value.set(box.value)"
          (blur)="left()"
        >
          <option value=""></option>
          @for (option of options(); track option.value) {
            <option [value]="option.value" [selected]="option.value === field().value()">
              {{ option.label }}
            </option>
          }
        </select>
      } @else {
        <input
          #box
          [id]="id"
          [class.ph-code]="autocomplete() === 'one-time-code'"
          [class.ph-secret]="type() === 'password'"
          [type]="shownType()"
          [value]="field().value()"
          [autocomplete]="autocomplete()"
          [attr.inputmode]="inputMode()"
          [attr.autocapitalize]="plain() ? 'none' : null"
          [attr.autocorrect]="plain() ? 'off' : null"
          [attr.passwordrules]="rulesForManagers()"
          [attr.spellcheck]="plain() ? 'false' : null"
          [attr.aria-required]="!optional()"
          [attr.aria-invalid]="problem() !== null"
          [attr.aria-describedby]="describedBy()"
          (input)="field().value.set(box.value)"
          (blur)="left()"
        />
        @if (type() === 'password') {
          <button
            type="button"
            class="ph-peek"
            [attr.aria-label]="peeking() ? words.hidePassword : words.showPassword"
            [attr.aria-controls]="id"
            [title]="peeking() ? words.hidePassword : words.showPassword"
            (click)="peeking.set(!peeking())"
          >
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M1.8 10S4.7 4.5 10 4.5 18.2 10 18.2 10 15.3 15.5 10 15.5 1.8 10 1.8 10Z" />
              <circle cx="10" cy="10" r="2.4" />
              @if (peeking()) {
                <path d="m3.5 3 13 14" />
              }
            </svg>
          </button>
        }
      }
    </span>
    @if (rules(); as list) {
      <div class="ph-rules" [id]="id + '-rules'">
        <span class="ph-unseen">{{ words.rulesTitle }}</span>
        <ul>
          @for (rule of list; track rule.label) {
            <li [class.ph-met]="rule.met">
              <svg viewBox="0 0 16 16" aria-hidden="true">
                @if (rule.met) {
                  <path d="m3.5 8.5 3 3 6-7" />
                } @else {
                  <circle cx="8" cy="8" r="2" />
                }
              </svg>
              {{ rule.label }}
              <span class="ph-unseen">{{ rule.met ? words.ruleMet : words.ruleUnmet }}</span>
            </li>
          }
        </ul>
      </div>
    }
    @if (help() && problem() === null) {
      <p class="ph-help" [id]="id + '-help'">{{ help() }}</p>
    }
    <div aria-live="polite" [id]="id + '-problem'">
      @if (problem(); as text) {
        <p class="ph-problem">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="6.5" />
            <path d="M8 4.6v4M8 11v.4" />
          </svg>
          {{ text }}
        </p>
      }
    </div>
    <ng-content />
  `,
})
export class FormField {
  readonly field = input.required<FieldState>();
  readonly label = input.required<string>();
  readonly type = input('text');
  readonly autocomplete = input('off');
  readonly help = input('');
  readonly optional = input(false, { transform: booleanAttribute });
  readonly options = input<readonly { value: string; label: string }[]>([]);
  /** The rules of a password that is chosen here. */
  readonly rules = input<readonly PasswordRule[] | null>(null);

  /** The same for password managers. */
  readonly rulesForManagers = input<string | null>(null);

  protected readonly id = `ph-field-${++count}`;
  protected readonly words = injectWords();
  protected readonly peeking = signal(false);
  protected readonly problem = computed(() => this.field().shown());
  protected readonly shownType = computed(() => {
    const type = this.type();
    return type === 'password' && this.peeking() ? 'text' : type;
  });
  /** Names and codes are no prose: phones must neither correct nor capitalise them. */
  protected readonly plain = computed(
    () =>
      ['email', 'password', 'url'].includes(this.type()) ||
      ['username', 'username webauthn', 'one-time-code'].includes(this.autocomplete()),
  );
  protected readonly inputMode = computed(() =>
    this.autocomplete() === 'one-time-code' ? 'numeric' : null,
  );
  protected readonly describedBy = computed(() => {
    const parts = [
      this.rules() && 'rules',
      this.problem() === null ? this.help() && 'help' : 'problem',
    ];
    const ids = parts.filter(Boolean).map((part) => `${this.id}-${part}`);
    return ids.length > 0 ? ids.join(' ') : null;
  });

  readonly #afterPress = inject(AFTER_PRESS, { optional: true }) ?? ((act: () => void) => act());
  protected readonly box =
    viewChild.required<ElementRef<HTMLInputElement | HTMLSelectElement>>('box');

  constructor() {
    // What was typed before the page came to life, or filled in by the browser, counts.
    afterNextRender(() => {
      const typed = this.box().nativeElement.value;
      if (typed !== '' && this.field().value() === '') this.field().value.set(typed);
    });
  }

  /** Puts the cursor into it. */
  focus(options?: FocusOptions): void {
    this.box().nativeElement.focus(options);
  }

  protected left(): void {
    const field = this.field();
    this.#afterPress(() => field.leave());
  }
}
