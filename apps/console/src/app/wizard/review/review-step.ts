import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { toApiError } from '../../api/api-error';
import { Sessions } from '../../api/session';
import { Creation } from '../draft/creation';
import { DraftStore } from '../draft/draft-store';
import { STEPS } from '../steps/steps';
import { reviewTexts } from './texts';

/** Everything on one page, with a way back to each step. */
@Component({
  selector: 'pc-review-step',
  imports: [RouterLink],
  template: `
    <header>
      <h1>{{ texts.title }}</h1>
      <p class="muted">{{ texts.hint }}</p>
    </header>
    @if (!sessions.may('CreateUserPool')) {
      <p class="notice warn">{{ texts.onlyOwners }}</p>
    }
    @if (error(); as failure) {
      <div class="notice bad" role="alert">
        <div>
          <b>{{ missing()?.title ?? failure.message }}</b>
          @if (missing(); as part) {
            <p>{{ failure.message }} {{ part.hint }}</p>
          }
        </div>
        @if (missing()) {
          <button class="btn" type="button" (click)="skip()">{{ texts.goOn }}</button>
        }
      </div>
    }
    <div class="cards">
      @for (part of parts(); track part.step) {
        <section class="card part">
          <div class="top">
            <h2>{{ part.title }}</h2>
            <a class="btn" [routerLink]="['/new', part.step]">
              {{ texts.change }}<span class="unseen"> {{ part.title }}</span>
            </a>
          </div>
          @if (part.problem; as problem) {
            <p class="notice warn">{{ texts.problem }} {{ problem.text }}</p>
          }
          <dl class="facts">
            @for (fact of part.facts; track fact.label) {
              <div>
                <dt>{{ fact.label }}</dt>
                <dd>
                  {{ fact.value }}
                  @if (fact.fixed) {
                    <span class="chip plain">fixed</span>
                  }
                </dd>
              </div>
            }
          </dl>
        </section>
      }
    </div>
  `,
  styleUrl: '../steps/step.css',
  styles: `
    .cards {
      display: grid;
      gap: var(--s3);
    }
    .top {
      display: flex;
      align-items: center;
      justify-content: space-between;
    }
    dd .chip {
      margin-left: 6px;
    }
  `,
})
export class ReviewStep {
  readonly #store = inject(DraftStore);
  protected readonly creation = inject(Creation);
  protected readonly sessions = inject(Sessions);
  protected readonly texts = reviewTexts;
  protected readonly error = computed(() => {
    const error = this.creation.error();
    return error === undefined ? undefined : toApiError(error);
  });
  protected readonly missing = computed(() => {
    const missing = this.creation.missing();
    return missing && reviewTexts.missing[missing];
  });
  protected readonly parts = computed(() =>
    STEPS.map(({ id, title, problems, facts }) => ({
      step: id,
      title,
      problem: this.#store.problems(problems)[0],
      facts: facts(this.#store.choices(), this.#store.region()),
    })),
  );

  /** Goes on without what could not be made. */
  protected async skip(): Promise<void> {
    if (this.creation.missing() === 'mfa') {
      this.#store.set({ mfa: 'off' });
      if (!(await this.creation.run(this.#store.draft(), this.#store.region()))) return;
    } else {
      this.creation.skipClient(this.#store.draft(), this.#store.region());
    }
    await this.creation.show();
  }
}
