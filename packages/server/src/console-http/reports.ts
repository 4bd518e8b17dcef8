import { poolId, unbuiltSettings, type Storage, type World } from '@poolhouse/core';
import { refuse, type Guard } from './guard.ts';
import { route, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

/** What the console reads outside the API: daily metrics, and which settings are refused for now. */
export function reportRoutes(
  guard: Guard,
  { storage, world }: { readonly storage: Storage; readonly world: World },
): readonly Route[] {
  const { stores } = storage;

  return [
    route(
      'GET',
      '/pools/:pool/metrics',
      guard.reads('viewer', async (request, response) => {
        const pool = await stores.pools.get(poolId(request.params.pool));
        if (pool === undefined) return refuse(response, 'NotFound');
        const days = numberOf(request.query['days'], 30, LONGEST_DAYS);
        const nowMs = world.clock.nowMs();
        const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
        const names = Array.from({ length: days }, (_, back) =>
          dayOf(nowMs - (days - 1 - back) * DAY_MS),
        );
        const counted = await stores.metrics.between(pool.id, names[0] ?? '', names.at(-1) ?? '');
        const count = (day: string, kind: string) =>
          counted.find((metric) => metric.day === day && metric.kind === kind)?.count ?? 0;
        sendJson(response, {
          refusing: unbuiltSettings(pool),
          users: await stores.pools.userCount(pool.id),
          days: names.map((day) => ({
            day,
            signUps: count(day, 'sign-up'),
            confirmations: count(day, 'confirmation'),
            signIns: count(day, 'sign-in'),
            failures: count(day, 'sign-in-failure'),
          })),
        });
      }),
    ),
  ];
}

/** A whole number from a query, or the default; never more than `most`. */
export function numberOf(value: unknown, otherwise: number, most: number): number {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : otherwise;
  return Math.min(number, most);
}
