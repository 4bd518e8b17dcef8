import { DatePipe } from '@angular/common';
import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { UserPoolDescriptionType } from '@poolhouse/model';
import { Connection } from '../api/connection';
import { ConsoleApi } from '../api/console-api';
import { Regions } from '../api/region';
import { Sessions } from '../api/session';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { poolsTexts } from './texts';

const PAGE = 60;

/** The pools of the region, and what to do when there is none. */
@Component({
  selector: 'pc-pool-list',
  imports: [DatePipe, FailurePanel, RouterLink],
  templateUrl: './pool-list.html',
  styleUrl: './pool-list.css',
})
export class PoolList {
  readonly #api = inject(ConsoleApi);
  /** Counts the lists that were begun: answers for an earlier one come too late. */
  #list = 0;
  protected readonly regions = inject(Regions);
  protected readonly sessions = inject(Sessions);
  protected readonly texts = poolsTexts;
  protected readonly query = signal('');
  protected readonly pools = signal<readonly UserPoolDescriptionType[] | undefined>(undefined);
  protected readonly next = signal<string | undefined>(undefined);
  protected readonly loading = signal(false);
  protected readonly error = signal<unknown>(undefined);
  protected readonly found = computed(() => {
    const query = this.query().trim().toLowerCase();
    return (this.pools() ?? []).filter(({ Id, Name }) =>
      `${Name} ${Id}`.toLowerCase().includes(query),
    );
  });

  constructor() {
    const connection = inject(Connection);
    effect(() => {
      connection.reconnections();
      this.regions.region();
      untracked(() => this.#reload());
    });
  }

  #reload(): void {
    this.#list += 1;
    this.pools.set(undefined);
    this.next.set(undefined);
    void this.load();
  }

  /** Loads the next page of the list. */
  protected async load(): Promise<void> {
    const list = this.#list;
    this.loading.set(true);
    this.error.set(undefined);
    try {
      const input = { MaxResults: PAGE, NextToken: this.next() };
      const { UserPools = [], NextToken } = await this.#api.call('ListUserPools', input);
      // Another region, or everything anew, was asked for meanwhile.
      if (list !== this.#list) return;
      this.pools.update((pools = []) => [...pools, ...UserPools]);
      this.next.set(NextToken);
    } catch (error) {
      if (list === this.#list) this.error.set(error);
    } finally {
      if (list === this.#list) this.loading.set(false);
    }
  }

  protected dateOf(seconds: number | undefined): Date | undefined {
    return seconds === undefined ? undefined : new Date(seconds * 1000);
  }
}
