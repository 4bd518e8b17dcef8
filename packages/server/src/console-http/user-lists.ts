import { z } from 'zod';
import {
  browseUsers,
  poolId,
  serverContext,
  USER_SORTS,
  type Storage,
  type World,
} from '@poolhouse/core';
import { encodeOutput } from '@poolhouse/model';
import { problemOf, refuse, type Guard } from './guard.ts';
import { sendFailure } from './run-operation.ts';
import { route, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

/** As ListUsers asks for a page, and in an order. Source: API model, ListUsersRequest. */
const asked = z.object({
  filter: z.string().max(256).default(''),
  sort: z.enum(USER_SORTS).default('newest'),
  limit: z.int().min(1).max(60),
  token: z.string().min(1).optional(),
});

/**
 * The list of a pool's users as the console shows it: what ListUsers has no member for. It is asked by POST, since who is looked for
 * belongs into no log of addresses.
 */
export function userListRoutes(
  guard: Guard,
  parts: {
    readonly storage: Storage;
    readonly world: World;
    readonly region: string | undefined;
  },
): readonly Route[] {
  const { storage, world, region } = parts;

  return [
    route(
      'POST',
      '/pools/:pool/users/list',
      guard.writes('viewer', async (request, response) => {
        const pool = await storage.stores.pools.get(poolId(request.params.pool));
        if (pool === undefined || (region !== undefined && pool.region !== region)) {
          return refuse(response, 'NotFound');
        }
        const given = asked.safeParse(request.body);
        if (!given.success) return refuse(response, 'BadRequest', problemOf(given.error));
        const { token, ...page } = given.data;
        try {
          const found = await browseUsers(serverContext(storage, world), pool, { ...page, token });
          const { Users = [] } = encodeOutput('ListUsers', {
            Users: found.users.map(({ user }) => user),
          }) as { Users?: readonly object[] };
          sendJson(response, {
            users: Users.map((user, index) => {
              const atMs = found.users[index]?.lastSignInAtMs;
              return atMs === undefined ? user : { ...user, LastSignInDate: atMs / 1000 };
            }),
            next: found.next,
          });
        } catch (error) {
          if (!sendFailure(error, response)) throw error;
        }
      }),
    ),
  ];
}
