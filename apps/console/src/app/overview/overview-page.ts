import { Component, computed, inject, input, linkedSignal, resource, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ConsoleApi } from '../api/console-api';
import { CopyButton } from '../shared/pieces/copy-button';
import { CurrentPool } from '../shared/pieces/current-pool';
import { FailurePanel } from '../shared/pieces/failure-panel';
import { PoolName } from '../shared/pieces/pool-name';
import { SkeletonRows } from '../shared/lists/skeleton-rows';
import { DayChart } from './day-chart';
import { totalsOf, type Metrics, type Measure } from './metrics.ts';
import { nextSteps } from './next-steps.ts';
import { measureNames, overviewTexts, stepTexts } from './texts';

const PERIODS = [7, 30, 90] as const;
const ADDRESSES: Readonly<Record<string, string>> = {
  email: 'email',
  phone_number: 'phone number',
  preferred_username: 'preferred user name',
};

/** What happens in a pool, how it is set up, and what comes next where it is new. */
@Component({
  selector: 'pc-overview-page',
  imports: [CopyButton, DayChart, FailurePanel, PoolName, RouterLink, SkeletonRows],
  templateUrl: './overview-page.html',
  styleUrl: './overview-page.css',
})
export class OverviewPage {
  readonly #api = inject(ConsoleApi);
  readonly poolId = input.required<string>();
  protected readonly current = inject(CurrentPool);
  protected readonly texts = overviewTexts;
  protected readonly names = measureNames;
  protected readonly stepTexts = stepTexts;
  protected readonly periods = PERIODS;
  protected readonly measures: readonly Measure[] = [
    'signUps',
    'confirmations',
    'signIns',
    'failures',
  ];
  protected readonly endpoint = location.origin;
  protected readonly period = signal<(typeof PERIODS)[number]>(30);

  protected readonly loaded = resource({
    params: () => ({ id: this.poolId(), days: this.period() }),
    loader: async ({ params, abortSignal }) => {
      const UserPoolId = params.id;
      const [metrics, clients, groups] = await Promise.all([
        this.#api.read<Metrics>(
          `pools/${encodeURIComponent(params.id)}/metrics`,
          { days: params.days },
          abortSignal,
        ),
        this.#api.call(
          'ListUserPoolClients',
          { UserPoolId, MaxResults: 1 },
          { signal: abortSignal },
        ),
        this.#api.call('ListGroups', { UserPoolId, Limit: 1 }, { signal: abortSignal }),
      ]);
      return {
        id: params.id,
        metrics,
        clients: clients.UserPoolClients?.length ?? 0,
        groups: groups.Groups?.length ?? 0,
      };
    },
  });
  readonly #shown = linkedSignal<
    { value: LoadedOverview | undefined; id: string },
    LoadedOverview | undefined
  >({
    source: () => ({
      value: this.loaded.hasValue() ? this.loaded.value() : undefined,
      id: this.poolId(),
    }),
    computation: ({ value, id }, before) =>
      value ?? (before?.value?.id === id ? before.value : undefined),
  });
  protected readonly metrics = computed(() => this.#shown()?.metrics);
  protected readonly totals = computed(() => totalsOf(this.metrics()?.days ?? []));
  protected readonly failureRate = computed(() => {
    const { signIns, failures } = this.totals();
    return failures === 0 ? undefined : Math.round((failures / (signIns + failures)) * 100);
  });
  protected readonly steps = computed(() => {
    const [shown, pool] = [this.#shown(), this.current.pool()];
    if (shown === undefined || pool === undefined) return [];
    const all = nextSteps({
      clients: shown.clients,
      groups: shown.groups,
      users: shown.metrics.users,
      signIns: this.totals().signIns,
      isProtected: pool.DeletionProtection === 'ACTIVE',
    });
    // A pool in use needs no lessons.
    return all.filter(({ isDone }) => isDone).length >= 4 ? [] : all;
  });
  protected readonly signInNames = computed(() => {
    const { UsernameAttributes = [], AliasAttributes = [] } = this.current.pool() ?? {};
    const shown = (names: readonly string[]) => names.map((name) => ADDRESSES[name] ?? name);
    if (UsernameAttributes.length > 0) return shown(UsernameAttributes).join(' or ');
    return ['user name', ...shown(AliasAttributes)].join(', ');
  });
  protected readonly verified = computed(() => {
    const pool = this.current.pool();
    const names = (pool?.AutoVerifiedAttributes ?? []).map((name) => ADDRESSES[name] ?? name);
    if (names.length === 0) return this.texts.nothing;
    const isLink = pool?.VerificationMessageTemplate?.DefaultEmailOption === 'CONFIRM_WITH_LINK';
    return `${names.join(', ')} ${isLink ? this.texts.byLink : this.texts.byCode}`;
  });
}

interface LoadedOverview {
  readonly id: string;
  readonly metrics: Metrics;
  readonly clients: number;
  readonly groups: number;
}
