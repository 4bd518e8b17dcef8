import { Component, computed, inject } from '@angular/core';
import { ADVISED } from '../../draft/choices';
import { DraftStore } from '../../draft/draft-store';
import { Choice } from '../../pieces/choice';
import { Field } from '../../pieces/field';
import { PasswordTester } from './password-tester';
import { policiesProblems } from './problems';
import { policiesTexts } from './texts';

const KINDS = ['uppercase', 'lowercase', 'numbers', 'symbols'] as const;

/** Rules for passwords, and who makes accounts. */
@Component({
  selector: 'pc-policies-step',
  imports: [Choice, Field, PasswordTester],
  template: `
    <header>
      <h1>{{ texts.title }}</h1>
      <p class="muted">{{ texts.hint }}</p>
    </header>
    <section>
      <div class="segments at-start" role="group" [attr.aria-label]="texts.title">
        <button type="button" [attr.aria-pressed]="isAdvised()" (click)="takeAdvised()">
          {{ texts.suggested }}
        </button>
        <button type="button" [attr.aria-pressed]="isCognito()" (click)="takeCognito()">
          {{ texts.cognito }}
        </button>
      </div>
      <div class="columns">
        <div class="stack">
          <pc-field
            [label]="texts.minimum"
            type="number"
            unit="characters"
            [hint]="texts.minimumHint"
            [value]="number(store.choices().minimumLength)"
            [problem]="problem('minimumLength')"
            (changed)="store.set({ minimumLength: +$event })"
            (left)="store.leave('minimumLength')"
          />
          <div class="stack" role="group" aria-labelledby="kinds">
            <b id="kinds">{{ texts.kinds }}</b>
            <div class="chips">
              @for (kind of kinds; track kind) {
                <button
                  class="chip-button"
                  type="button"
                  [attr.aria-pressed]="store.choices()[kind]"
                  (click)="toggle(kind)"
                >
                  <span aria-hidden="true">{{ store.choices()[kind] ? '✓' : '+' }}</span>
                  {{ texts[kind] }}
                </button>
              }
            </div>
            <p class="faint">{{ texts.kindsHint }}</p>
          </div>
        </div>
        <pc-password-tester [choices]="store.choices()" />
      </div>
    </section>
    <div class="section" role="radiogroup" aria-labelledby="who-title">
      <h2 id="who-title">{{ texts.who }}</h2>
      <pc-choice
        group="who"
        [text]="texts.self"
        [chosen]="store.choices().selfSignUp"
        (changed)="store.set({ selfSignUp: true })"
      />
      <pc-choice
        group="who"
        [text]="texts.admin"
        [chosen]="!store.choices().selfSignUp"
        (changed)="store.set({ selfSignUp: false })"
      />
    </div>
    <section>
      <pc-field
        [label]="texts.days"
        type="number"
        unit="days"
        [hint]="texts.daysHint"
        [value]="number(store.choices().temporaryDays)"
        [problem]="problem('temporaryDays')"
        (changed)="store.set({ temporaryDays: +$event })"
        (left)="store.leave('temporaryDays')"
      />
    </section>
  `,
  styleUrl: '../step.css',
  styles: `
    .stack {
      display: grid;
      gap: var(--s3);
      align-content: start;
    }
    .columns {
      grid-template-columns: repeat(auto-fit, minmax(260px, 1fr));
    }
  `,
})
export class PoliciesStep {
  protected readonly store = inject(DraftStore);
  protected readonly texts = policiesTexts;
  protected readonly kinds = KINDS;
  readonly #kindsOn = computed(() => KINDS.filter((kind) => this.store.choices()[kind]).length);
  protected readonly isAdvised = computed(
    () => this.store.choices().minimumLength === ADVISED.minimumLength && this.#kindsOn() === 0,
  );
  protected readonly isCognito = computed(
    () => this.store.choices().minimumLength === 8 && this.#kindsOn() === KINDS.length,
  );

  protected takeAdvised(): void {
    this.#take(ADVISED.minimumLength, false);
  }

  protected takeCognito(): void {
    this.#take(8, true);
  }

  protected toggle(kind: (typeof KINDS)[number]): void {
    this.store.set({ [kind]: !this.store.choices()[kind] });
  }

  protected number(value: number): number | string {
    return value === 0 ? '' : value;
  }

  #take(minimumLength: number, all: boolean): void {
    const kinds = { uppercase: all, lowercase: all, numbers: all, symbols: all };
    this.store.set({ minimumLength, ...kinds });
  }

  protected problem(field: string): string {
    return this.store.problem(policiesProblems, field);
  }
}
