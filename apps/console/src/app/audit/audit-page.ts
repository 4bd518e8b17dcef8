import { Component, computed, inject, input, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { ConsoleApi } from '../api/console-api';
import { Sessions } from '../api/session';
import { AfterTyping } from '../shared/checks/after-typing';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { PageList } from '../shared/lists/page-list';
import { Pager } from '../shared/lists/pager';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { TokenPages } from '../shared/lists/token-pages.ts';
import { When } from '../shared/when';
import {
  diffOf,
  isChained,
  kindOf,
  parametersOf,
  type AuditedChange,
  type AuditEntry,
  type AuditQuery,
} from './audit-entry.ts';
import { actorNames, auditTexts, kindNames, kindTones, recordNames } from './texts';

interface AuditAnswer {
  readonly entries: readonly AuditEntry[];
  readonly before?: number;
  readonly intact: boolean;
  /** When the whole chain was last checked, UTC milliseconds. */
  readonly checkedAtMs: number;
}

type AuditFilter = Omit<AuditQuery, 'poolId'>;

const LIMIT = 25;
const TYPING_MS = 250;

/** Who changed what: filtered, with each change before and after, and whether the chain holds. */
@Component({
  selector: 'pc-audit-page',
  imports: [FailurePanel, Pager, SkeletonRows, When],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.css',
})
export class AuditPage {
  readonly #api = inject(ConsoleApi);
  readonly #sessions = inject(Sessions);
  readonly #router = inject(Router);
  readonly #route = inject(ActivatedRoute);
  readonly #address = toSignal(this.#route.queryParamMap, { requireSync: true });
  readonly poolId = input.required<string>();
  protected readonly texts = auditTexts;
  protected readonly actorNames = actorNames;
  protected readonly recordNames = recordNames;
  protected readonly kindNames = kindNames;
  protected readonly kindTones = kindTones;
  protected readonly kindOf = kindOf;
  protected readonly diffOf = diffOf;
  protected readonly mayRead = computed(() => this.#sessions.is('operator'));

  /** The filter stands in the address, to come back to and to share. */
  protected readonly isEverything = computed(() => this.#address().has('everything'));
  protected readonly filter = computed<AuditFilter>(() => {
    const read = (name: keyof AuditFilter) => this.#address().get(name) ?? undefined;
    return {
      actor: read('actor'),
      operation: read('operation'),
      since: read('since'),
      until: read('until'),
    };
  });
  protected readonly isFiltered = computed(() => Object.values(this.filter()).some(Boolean));
  /** The same while only the page in the address changes: then the walk through the list goes on. */
  readonly #parameters = computed(
    () =>
      parametersOf({ ...this.filter(), poolId: this.isEverything() ? undefined : this.poolId() }),
    { equal: (one, other) => JSON.stringify(one) === JSON.stringify(other) },
  );
  readonly #isIntact = signal(true);
  readonly #checkedAtMs = signal(0);
  protected readonly checkedAt = computed(() => new Date(this.#checkedAtMs()).toLocaleString());
  protected readonly list = new PageList<AuditEntry>(() => {
    const [parameters, mayRead] = [this.#parameters(), this.mayRead()];
    return new TokenPages(async (before) => {
      if (!mayRead) return { items: [], next: undefined };
      const answer = await this.#api.read<AuditAnswer>('audit', {
        ...parameters,
        limit: LIMIT,
        before,
      });
      this.#isIntact.set(answer.intact);
      this.#checkedAtMs.set(answer.checkedAtMs);
      return { items: answer.entries, next: answer.before?.toString() };
    });
  });
  protected readonly isIntact = computed(() => this.#isIntact() && isChained(this.list.items()));
  protected readonly exportUrl = computed(() => {
    const given = Object.entries(this.#parameters()).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    );
    return `/console/api/audit/export?${new URLSearchParams(given)}`;
  });
  protected readonly opened = signal<ReadonlySet<number>>(new Set());
  readonly #afterTyping = new AfterTyping(TYPING_MS);

  protected type(form: HTMLFormElement): void {
    this.#afterTyping.run(() => this.filterBy(form));
  }

  /** Shows what the form asks for, from its first page. */
  protected filterBy(form: HTMLFormElement, isEverything = this.isEverything()): void {
    this.#afterTyping.cancel();
    const given = [...new FormData(form)].filter(([, value]) => value !== '');
    void this.#router.navigate([], {
      relativeTo: this.#route,
      queryParams: { ...Object.fromEntries(given), ...(isEverything && { everything: 1 }) },
      replaceUrl: true,
    });
  }

  protected toggle(number: number): void {
    this.opened.update((opened) => {
      const next = new Set(opened);
      if (!next.delete(number)) next.add(number);
      return next;
    });
  }

  protected subject({ record, name }: AuditedChange): string {
    return `${recordNames[record]} ${name}`;
  }
}
