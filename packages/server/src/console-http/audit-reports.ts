import {
  chainKey,
  isAuthentic,
  peopleKey,
  poolId,
  showEntry,
  walkChain,
  type AuditEntry,
  type AuditFilter,
  type ShownEntry,
  type Storage,
  type World,
} from '@poolhouse/core';
import type { AuditWatch } from '../jobs/audit-watch.ts';
import type { Guard } from './guard.ts';
import { numberOf } from './reports.ts';
import { route, type Request, type Response, type Route } from '../site/route.ts';
import { sendJson, setHeaders } from '../site/send.ts';

const EXPORT_PAGE = 200;

/** The audit: a page of it, and all of it as a file. */
export function auditRoutes(
  guard: Guard,
  parts: {
    readonly storage: Storage;
    readonly world: World;
    readonly auditWatch: Pick<AuditWatch, 'status' | 'check'>;
  },
): readonly Route[] {
  const { storage, world, auditWatch } = parts;
  const { audit } = storage.stores;

  return [
    route(
      'GET',
      '/audit',
      guard.reads('operator', async (request, response) => {
        const limit = numberOf(request.query['limit'], 50, 200);
        const before = numberOf(request.query['before'], 0, Number.MAX_SAFE_INTEGER) || undefined;
        const page = await audit.list(filterOf(request), limit, before);
        const key = await chainKey(world.vault);
        const { fault, checkedAtMs } = auditWatch.status() ?? (await auditWatch.check());
        sendJson(response, {
          entries: await shown(parts, page.items),
          before: page.after,
          // The shown entries are checked now; that none is missing follows from the last check of the whole chain.
          intact:
            fault === undefined &&
            page.items.every((entry) => isAuthentic(key, entry)) &&
            followEachOther(page.items),
          checkedAtMs,
        });
      }),
    ),
    route(
      'GET',
      '/audit/export',
      guard.reads('operator', async (request, response) => {
        const filter = filterOf(request);
        setHeaders(response, {
          'Content-Type': 'application/x-ndjson; charset=utf-8',
          'Content-Disposition': 'attachment; filename="audit.ndjson"',
        });
        if (Object.values(filter).some((value) => value !== undefined)) {
          await exportFiltered(parts, filter, response);
        } else {
          await exportWhole(parts, response);
        }
        response.end();
      }),
    ),
  ];
}

type Parts = { readonly storage: Storage; readonly world: World };

/** A selection says nothing about the entries that it leaves out, so it makes no statement about the chain. */
async function exportFiltered(parts: Parts, filter: AuditFilter, response: Response) {
  const { audit } = parts.storage.stores;
  const key = await chainKey(parts.world.vault);
  let before: number | undefined;
  do {
    const page = await audit.list(filter, EXPORT_PAGE, before);
    const authentic = page.items.map((entry) => isAuthentic(key, entry));
    for (const [at, entry] of (await shown(parts, page.items)).entries()) {
      await write(response, { ...entry, authentic: authentic[at] });
    }
    before = page.after;
  } while (before !== undefined && !response.destroyed);
}

/** Everything, with the result of checking the whole chain as the last line. */
async function exportWhole(
  parts: Parts & { readonly auditWatch: Pick<AuditWatch, 'check'> },
  response: Response,
) {
  const { storage, world, auditWatch } = parts;
  const key = await chainKey(world.vault);
  const check = await walkChain(storage.stores.audit, key, {
    pageSize: EXPORT_PAGE,
    readsAll: true,
    async onPage(page) {
      if (response.destroyed) throw new Error('the reader of the export has gone');
      const authentic = page.map((entry) => isAuthentic(key, entry));
      for (const [at, entry] of (await shown(parts, page)).entries()) {
        await write(response, { ...entry, authentic: authentic[at] });
      }
    },
  }).catch((error: unknown) => {
    if (response.destroyed) return undefined;
    throw error;
  });
  if (check === undefined) return;
  const { head, count } = check;
  // The watch remembers entries that were cut off together with the head; it also logs that.
  const watched = await auditWatch.check();
  const fault = check.fault ?? watched.fault;
  await write(response, { chain: fault === undefined ? 'intact' : 'broken', fault, head, count });
}

/** Whether entries with consecutive numbers are linked to one another; a filter legitimately leaves gaps. */
function followEachOther(entries: readonly AuditEntry[]): boolean {
  return entries.every((entry, at) => {
    const newer = entries[at - 1];
    const isNext = newer !== undefined && newer.number === entry.number + 1;
    return !isNext || newer.previousHash === entry.hash;
  });
}

/** Entries, with what they say about people who still exist. */
async function shown(
  { storage, world }: Parts,
  entries: readonly AuditEntry[],
): Promise<readonly ShownEntry[]> {
  const { pools, users } = storage.stores;
  const keys = new Map<string, Promise<ReturnType<typeof peopleKey> | undefined>>();
  const keyOf = async (id: string) =>
    (await pools.get(poolId(id))) === undefined ? undefined : peopleKey(await world.vault.of(id));
  return Promise.all(
    entries.map((entry) =>
      showEntry(
        entry,
        (id) => {
          const key = keys.get(id) ?? keyOf(id);
          keys.set(id, key);
          return key;
        },
        (id, sub) => users.bySub({ poolId: poolId(id), sub }),
      ),
    ),
  );
}

/** Writes a line, and waits for a reader that is slower than the database. */
async function write(response: Response, value: object): Promise<void> {
  if (response.write(`${JSON.stringify(value)}\n`)) return;
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
