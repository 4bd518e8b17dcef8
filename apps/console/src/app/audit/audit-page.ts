import { Component, computed, inject, input, signal } from '@angular/core';
import { ConsoleApi } from '../api/console-api';
import { Sessions } from '../api/session';
import { FailurePanel } from '../shared/failure-panel';
import { PageList } from '../shared/page-list';
import { Pager } from '../shared/pager';
import { SkeletonRows } from '../shared/skeleton-rows';
import { TokenPages } from '../shared/token-pages.ts';
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
  readonly poolId = input.required<string>();
  protected readonly texts = auditTexts;
  protected readonly actorNames = actorNames;
  protected readonly recordNames = recordNames;
  protected readonly kindNames = kindNames;
  protected readonly kindTones = kindTones;
  protected readonly kindOf = kindOf;
  protected readonly diffOf = diffOf;
  protected readonly mayRead = computed(() => this.#sessions.is('operator'));

  protected readonly isEverything = signal(false);
  protected readonly filter = signal<Omit<AuditQuery, 'poolId'>>({});
  protected readonly isFiltered = computed(() => Object.values(this.filter()).some(Boolean));
  readonly #parameters = computed(() =>
    parametersOf({ ...this.filter(), poolId: this.isEverything() ? undefined : this.poolId() }),
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
  #typing: ReturnType<typeof setTimeout> | undefined;

  protected set(filter: Omit<AuditQuery, 'poolId'>): void {
    clearTimeout(this.#typing);
    this.filter.update((before) => ({ ...before, ...filter }));
  }

  protected type(filter: Omit<AuditQuery, 'poolId'>): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.set(filter), TYPING_MS);
  }

  protected clear(): void {
    clearTimeout(this.#typing);
    this.filter.set({});
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
