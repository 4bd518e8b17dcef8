import { Component, computed, ElementRef, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter } from 'rxjs';
import { Sessions } from '../api/session';
import { Creation } from './creation';
import { DraftStore } from './draft-store';
import { STEPS, type Step } from './draft/problems';
import { Summary } from './summary';
import { wizardTexts } from './texts';

const PAGES = [...STEPS, 'review'] as const;

/** A page of the wizard. */
type Page = (typeof PAGES)[number];

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
  protected readonly pages = PAGES;
  protected readonly page = computed<Page>(() => {
    const last = this.#url().split(/[?#]/)[0]?.split('/').at(-1);
    return PAGES.find((page) => page === last) ?? 'name';
  });
  readonly #index = computed(() => PAGES.indexOf(this.page()));
  protected readonly previous = computed(() => PAGES[this.#index() - 1]);
  protected readonly next = computed(() => PAGES[this.#index() + 1]);
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
  }

  protected isDone(page: Page): boolean {
    const index = PAGES.indexOf(page);
    return page !== 'review' && index < this.furthest() && this.store.isDone(page);
  }

  protected async goOn(to: Page | undefined): Promise<void> {
    const page = this.page();
    if (page !== 'review') {
      this.store.try(page);
      if (!this.store.isDone(page)) return this.#focusProblem();
    }
    if (to) await this.#router.navigate(['/new', to]);
  }

  protected async create(): Promise<void> {
    const open = STEPS.find((step) => !this.store.isDone(step));
    if (open) {
      this.store.try(open);
      await this.#router.navigate(['/new', open]);
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

  protected isStep(page: Page): page is Step {
    return page !== 'review';
  }
}
