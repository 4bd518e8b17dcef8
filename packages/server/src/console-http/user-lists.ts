import {
  browseUsers,
  poolId,
  serverContext,
  USER_SORTS,
  type Storage,
  type World,
} from '@poolhouse/core';
import { encodeOutput } from '@poolhouse/model';
import { object, oneOf, optional, text, wholeNumber, withDefault } from '../shapes/shape.ts';
import { refuse, type Guard } from './guard.ts';
import { sendFailure } from './run-operation.ts';
import { route, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

/** A page as in ListUsers, plus an order. Source: API model, ListUsersRequest. */
const asked = object({
  filter: withDefault(text({ most: 256 }), ''),
  sort: withDefault(oneOf(USER_SORTS), 'newest'),
  limit: wholeNumber({ least: 1, most: 60 }),
  token: optional(text({ least: 1 })),
});

/**
 * The list of a pool's users for the console, with what ListUsers has no member for. It is a POST, so that no log of addresses shows whom
 * an administrator looked for.
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
        try {
          const { token, ...page } = asked(request.body);
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
