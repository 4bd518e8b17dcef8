import { poolId, type Storage } from '@poolhouse/core';
import { refuse, type Guard } from './guard.ts';
import { numberOf } from './reports.ts';
import { route, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

/** Entries of one answer, unless it asks for fewer. */
const MOST = 1_000;

/**
 * `GET /pools/<pool id>/imports/<import id>/log?after=<line>&limit=<count>`: why rows of an import were not imported, in the order of their lines. The
 * service writes it to CloudWatch. It says nothing of the rows, so every administrator may read it; `after` of the answer leads to the rest.
 */
export function importLogRoutes(
  guard: Guard,
  parts: { readonly storage: Storage; readonly region: string | undefined },
): readonly Route[] {
  const { storage, region } = parts;
  const { pools, imports } = storage.stores;
  return [
    route(
      'GET',
      '/pools/:pool/imports/:job/log',
      guard.reads('viewer', async (request, response) => {
        const { pool: named, job: id } = request.params;
        const pool = await pools.get(poolId(named));
        const ref = { poolId: poolId(named), id };
        const isThere = pool && (region === undefined || pool.region === region);
        if (!isThere || (await imports.get(ref)) === undefined) return refuse(response, 'NotFound');
        const limit = numberOf(request.query['limit'], MOST, MOST);
        const after = numberOf(request.query['after'], 0, Number.MAX_SAFE_INTEGER);
        const page = await imports.log(ref, limit, after);
        sendJson(response, { entries: page.items, after: page.after });
      }),
    ),
  ];
}
