import type { Request, Response, Router } from 'express';
import {
  CHAIN_START,
  isIntact,
  poolId,
  type AuditEntry,
  type AuditFilter,
  type Storage,
  type World,
} from '@poolhouse/core';
import { refuse, type Guard } from './guard.ts';

const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;
const EXPORT_PAGE = 500;

/** Adds what the console reads beside the API: daily figures and the audit. */
export function addReports(
  router: Router,
  guard: Guard,
  { storage, world }: { readonly storage: Storage; readonly world: World },
): void {
  const { stores } = storage;

  router.get(
    '/pools/:id/figures',
    guard.reads('viewer', async (request, response) => {
      const pool = await stores.pools.get(poolId(String(request.params['id'])));
      if (pool === undefined) return refuse(response, 'NotFound');
      const days = numberOf(request.query['days'], 30, LONGEST_DAYS);
      const nowMs = world.clock.nowMs();
      const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
      const names = Array.from({ length: days }, (_, back) =>
        dayOf(nowMs - (days - 1 - back) * DAY_MS),
      );
      const counted = await stores.figures.between(pool.id, names[0] ?? '', names.at(-1) ?? '');
      const count = (day: string, kind: string) =>
        counted.find((figure) => figure.day === day && figure.kind === kind)?.count ?? 0;
      response.json({
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
  );

  router.get(
    '/audit',
    guard.reads('operator', async (request, response) => {
      const limit = numberOf(request.query['limit'], 50, 200);
      const before = numberOf(request.query['before'], 0, Number.MAX_SAFE_INTEGER) || undefined;
      const page = await stores.audit.list(filterOf(request), limit, before);
      response.json({
        entries: page.items,
        before: page.after,
        // Each entry is checked against the hash it names; export checks the whole chain.
        intact: page.items.every((entry) => isIntact(entry, entry.previousHash)),
      });
    }),
  );

  router.get(
    '/audit/export',
    guard.reads('operator', async (request, response) => {
      response.set({
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        'Content-Disposition': 'attachment; filename="audit.ndjson"',
        'Cache-Control': 'no-store',
      });
      let before: number | undefined;
      let later: AuditEntry | undefined;
      do {
        const page = await stores.audit.list(filterOf(request), EXPORT_PAGE, before);
        for (const entry of page.items) {
          const follows = later === undefined || later.number !== entry.number + 1;
          const intact =
            isIntact(entry, entry.previousHash) && (follows || later?.previousHash === entry.hash);
          await write(response, `${JSON.stringify({ ...entry, intact })}\n`);
          later = entry;
        }
        before = page.after;
      } while (before !== undefined && !response.destroyed);
      if (later?.number === 1 && later.previousHash !== CHAIN_START) {
        world.log.error('audit.broken', { number: 1 });
      }
      response.end();
    }),
  );
}

/** Waits for a reader that is slower than the database. */
async function write(response: Response, text: string): Promise<void> {
  if (response.write(text)) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

function filterOf(request: Request): AuditFilter {
  const text = (name: string) => {
    const value = request.query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const time = (name: string) => {
    const ms = Date.parse(text(name) ?? '');
    return Number.isNaN(ms) ? undefined : ms;
  };
  return {
    poolId: text('poolId'),
    actor: text('actor'),
    operation: text('operation'),
    sinceMs: time('since'),
    untilMs: time('until'),
  };
}

function numberOf(value: unknown, otherwise: number, most: number): number {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : otherwise;
  return Math.min(number, most);
}
