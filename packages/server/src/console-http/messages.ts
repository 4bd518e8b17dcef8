import {
  composeEmail,
  composeSms,
  draftMessage,
  enqueueMessage,
  kindOf,
  messageTemplates,
  poolTemplates,
  poolId,
  serverContext,
  type MessageFacts,
  type Pool,
  type Storage,
  type World,
} from '@poolhouse/core';
import { isEmailAddress } from '@poolhouse/rules';
import { refuse, type Guard } from './guard.ts';
import { sendFailure } from './run-operation.ts';
import { route, type Request, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

const HOUR_MS = 3_600_000;

/** Previews of a pool's messages, and sending a test message. */
export function messageRoutes(
  guard: Guard,
  { storage, world }: { readonly storage: Storage; readonly world: World },
): readonly Route[] {
  const poolOf = (request: Request<'pool'>): Promise<Pool | undefined> =>
    storage.stores.pools.get(poolId(request.params.pool));

  return [
    route(
      'POST',
      '/pools/:pool/messages/preview',
      guard.writes('viewer', async (request, response) => {
        const pool = await poolOf(request);
        const facts = factsOf(request, world.publicUrl, pool);
        if (pool === undefined || facts === undefined) return refuse(response, 'NotFound');
        const templates = poolTemplates(pool, kindOf(facts));
        const { subject, body, from, replyTo } = composeEmail(pool, facts, templates);
        sendJson(response, {
          subject,
          body,
          from,
          replyTo,
          sms: composeSms(facts, templates).body,
        });
      }),
    ),
    route(
      'POST',
      '/pools/:pool/messages/test',
      guard.writes('operator', async (request, response) => {
        const pool = await poolOf(request);
        const facts = factsOf(request, world.publicUrl, pool);
        if (pool === undefined || facts === undefined) return refuse(response, 'NotFound');
        const { to } = request.body as { to?: unknown };
        if (typeof to !== 'string' || !isEmailAddress(to)) {
          return refuse(response, 'BadRequest', 'Enter one email address.');
        }
        const ctx = serverContext(storage, world);
        const expiresAtMs = ctx.nowMs + HOUR_MS;
        try {
          const templates = await messageTemplates(ctx, {
            pool,
            occasion: facts.occasion,
            user: { username: facts.username, attributes: { email: to } },
            client: undefined,
          });
          const parts = { pool, medium: 'EMAIL', facts, templates, expiresAtMs } as const;
          const message = await draftMessage(ctx, parts);
          await enqueueMessage(ctx, message, { to, cause: 'administrator' });
          sendJson(response, {});
        } catch (error) {
          // A pool may have a function that writes or sends its messages; then no message is sent.
          if (!sendFailure(error, response)) throw error;
        }
      }),
    ),
  ];
}

/** Example values for the occasion that the request names. The code is not a real one: nothing accepts it. */
function factsOf(
  request: Request,
  publicUrl: string,
  pool: Pool | undefined,
): MessageFacts | undefined {
  const { occasion } = (request.body ?? {}) as { occasion?: unknown };
  const username = 'mara';
  switch (occasion) {
    case 'SignUp': {
      const byLink =
        pool?.settings.VerificationMessageTemplate?.DefaultEmailOption === 'CONFIRM_WITH_LINK';
      const link = byLink ? `${publicUrl}/console/` : undefined;
      return { occasion, username, code: '123456', link };
    }
    case 'ForgotPassword':
    case 'VerifyUserAttribute':
    case 'Authentication':
      return { occasion, username, code: '123456' };
    case 'AdminCreateUser':
      return { occasion, username, code: 'Temporary-Password-1' };
    default:
      return undefined;
  }
}
