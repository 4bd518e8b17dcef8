import { requireClientOf, requirePool } from '../../pools/require.ts';
import {
  requireInRange,
  requireSessionTier,
  requireTracking,
} from '../../pools/session-settings.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** 90 days. */
const LONGEST_MINUTES = 129_600;

/**
 * Replaces for how long an app client lets people in by an earlier sign-in at the login pages; 0 means never. The pool must track sessions.
 * Source: API model, SetUserPoolClientSessionConfiguration.
 */
export const setUserPoolClientSessionConfiguration = operation(
  'SetUserPoolClientSessionConfiguration',
  {
    needs: ['pools', 'clients', 'configurations'],
    async run(ctx, { UserPoolId, ClientId, SSOSession: { MaxValidityMinutes } }) {
      const given = { member: 'sSOSession.maxValidityMinutes', value: MaxValidityMinutes };
      requireInRange(ctx, given, 0, LONGEST_MINUTES);
      const pool = await requirePool(ctx, UserPoolId);
      const { id: clientId } = await requireClientOf(ctx, pool.id, ClientId);
      requireSessionTier(ctx, pool);
      requireTracking(ctx, pool);
      const value = { SSOSession: { MaxValidityMinutes } };
      const place = { poolId: pool.id, kind: 'client-sessions', clientId } as const;
      const isThere = await ctx.stores.configurations.change(place, () => value, ctx.nowMs);
      if (!isThere) ctx.fail('ResourceNotFoundException', messages.clientNotFound(ClientId));
      return { UserPoolId, ClientId, ...value };
    },
  },
);
