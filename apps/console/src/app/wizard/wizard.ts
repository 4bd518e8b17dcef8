import { Component, computed, ElementRef, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter } from 'rxjs';
import { Sessions } from '../api/session';
import { Creation } from './draft/creation';
import { DraftStore } from './draft/draft-store';
import { reviewTexts } from './review/texts';
import { firstOpenStep, STEPS, type Step } from './steps/steps';
import { Summary } from './summary';
import { wizardTexts } from './texts';

/** The page after the last step. */
export const REVIEW = {
  id: 'review',
  title: reviewTexts.step,
  load: () => import('./review/review-step').then((m) => m.ReviewStep),
} as const;

/** A page of the wizard. */
type Page = Step | typeof REVIEW;

const PAGES: readonly Page[] = [...STEPS, REVIEW];

/** The frame of the steps: where one is at the side, what there is so far at the other. */
@Component({
  selector: 'pc-wizard',
  imports: [RouterLink, RouterOutlet, Summary],
  templateUrl: './wizard.html',
  styleUrl: './wizard.css',
})
export class Wizard {
  readonly #router = inject(Router);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #url = signal(this.#router.url);
  protected readonly store = inject(DraftStore);
  protected readonly creation = inject(Creation);
  protected readonly sessions = inject(Sessions);
  protected readonly texts = wizardTexts;
  /** What the button says that makes everything, or what is still missing. */
  protected readonly create = computed(() => {
    const missing = this.creation.missing();
    return missing ? reviewTexts.missing[missing].again : wizardTexts.create;
  });
  protected readonly pages = PAGES;
  protected readonly review = REVIEW;
  protected readonly page = computed<Page>(() => {
    const last = this.#url().split(/[?#]/)[0]?.split('/').at(-1);
    return PAGES.find(({ id }) => id === last) ?? STEPS[0];
  });
  /** The page where it is a step. */
  protected readonly step = computed(() => STEPS.find((step) => step === this.page()));
  readonly #index = computed(() => PAGES.indexOf(this.page()));
  protected readonly previous = computed(() => PAGES[this.#index() - 1]);
  protected readonly next = computed(() => PAGES[this.#index() + 1] ?? REVIEW);
  /** Pages that were looked at: the furthest says how far one has come. */
  protected readonly furthest = signal(0);

  constructor() {
    this.#router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.#arrived());
    this.#arrived();
    // A page opens at once then, and also while the server is gone.
    for (const { load } of PAGES) load().catch(() => undefined);
  }

  protected isDone(index: number): boolean {
    const step = STEPS[index];
    return step !== undefined && index < this.furthest() && this.store.isDone(step.problems);
  }

  protected async goOn(to: Page): Promise<void> {
    const step = this.step();
    if (step) {
      this.store.try(step.problems);
      if (!this.store.isDone(step.problems)) return this.#focusProblem();
    }
    await this.#router.navigate(['/new', to.id]);
  }

  protected async makeAll(): Promise<void> {
    const open = firstOpenStep(this.store.draft(), this.store.region());
    if (open) {
      this.store.try(open.problems);
      await this.#router.navigate(['/new', open.id]);
      return this.#focusProblem();
    }
    if (await this.creation.run(this.store.draft(), this.store.region())) {
      await this.creation.show();
    }
  }

  #arrived(): void {
    this.#url.set(this.#router.url);
    this.furthest.update((most) => Math.max(most, this.#index()));
  }

  #focusProblem(): void {
    setTimeout(() => {
      const first = this.#element.querySelector<HTMLElement>('[aria-invalid="true"], .problem');
      if (first && !first.matches('input, textarea, select')) first.tabIndex = -1;
      first?.focus();
      first?.scrollIntoView({ block: 'center' });
    });
  }
}
