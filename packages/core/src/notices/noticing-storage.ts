import { hasTrigger } from '../domain/pools/unbuilt-settings.ts';
import { toldAddresses, type ProvedAddress } from '../domain/users/factor-changes.ts';
import { draftMessage, enqueueMessage } from '../messages/enqueue.ts';
import type { MessageCause } from '../messages/message-budget.ts';
import type { TransactionContext } from '../operation.ts';
import type { Storage, StoreName, Stores } from '../ports/stores/index.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { World } from '../world.ts';
import { noticeTexts } from './notice-texts.ts';
import { FactorNotes, noticingStores, type ChangedUser } from './noticing-stores.ts';

type StorageView = Pick<Storage, 'stores' | 'transaction'>;
type Context = TransactionContext<string, StoreName>;

/** What a notice is written with. */
export interface NoticeParts {
  readonly world: Pick<World, 'shownOnly'>;
  /** The request's context over the stores of a transaction. */
  readonly within: (stores: Stores) => Context;
  /** Whether an administrator asked for the changes. */
  readonly byAdministrator: boolean;
  /** Hears of each changed user once the transaction is done, also where nobody gets a notice. */
  readonly tell: (changed: ChangedUser) => void;
}

/** Later, nobody learns anything from it that they have not noticed. */
const NOTICE_LIFETIME_MS = 7 * 24 * 3_600_000;

/**
 * The storage for one request: every transaction that changes what a user signs in with ends with a notice to that user, and a change outside
 * of any transaction gets a transaction of its own. No change happens without its notice, whichever way it comes (security.md M05).
 */
export function noticingStorage(view: StorageView, parts: NoticeParts): StorageView {
  const noticing = async <T>(work: (notes: FactorNotes) => Promise<T>): Promise<T> => {
    const { result, changed } = await view.transaction(async (inner) => {
      const notes = new FactorNotes(inner);
      const result = await work(notes);
      const done = { result, changed: notes.changed().flatMap((user) => told(parts, user)) };
      for (const user of done.changed) await tellUser(parts, inner, user);
      return done;
    });
    for (const user of changed) parts.tell(user);
    return result;
  };
  return {
    stores: noticingStores(view.stores, noticing),
    transaction: (work) =>
      noticing((notes) => work(noticingStores(notes.inner, (write) => write(notes)))),
  };
}

/**
 * The changed user, if anything is to be told: until somebody has taken over the account that an administrator makes for them, its password is
 * not theirs.
 */
function told({ byAdministrator }: NoticeParts, user: ChangedUser): readonly ChangedUser[] {
  const isBeingMade = byAdministrator && user.before.status === 'FORCE_CHANGE_PASSWORD';
  const changes = user.changes.filter((one) => !(isBeingMade && one === 'password-changed'));
  return changes.length === 0 ? [] : [{ ...user, changes }];
}

async function tellUser(
  parts: NoticeParts,
  stores: Stores,
  { before, after, changes }: ChangedUser,
): Promise<void> {
  const { byAdministrator, world } = parts;
  const addresses = toldAddresses(before, after);
  if (addresses.length === 0) return;
  const { poolId } = after;
  const pool = await stores.pools.get(poolId);
  if (pool === undefined) return;
  const setting = await stores.configurations.get({ poolId, kind: 'notices' });
  if (setting?.value.FactorChanges === 'DISABLED') return;
  const ctx = parts.within(stores);
  const cause: MessageCause = byAdministrator ? 'administrator' : { source: ctx.caller.source };
  const templates = noticeTexts(changes, ctx.nowMs);
  for (const { medium, to } of addresses) {
    if (!canReach(pool, medium)) continue;
    const facts = { occasion: 'FactorChange', username: after.username } as const;
    const expiresAtMs = ctx.nowMs + NOTICE_LIFETIME_MS;
    const message = await draftMessage(
      { ...ctx, world },
      { pool, medium, facts, templates, expiresAtMs },
    );
    await enqueueMessage(ctx, message, { to, cause });
  }
}

/** Where a function of the pool's owner sends the messages, this server sends none of its own; text messages need the pool's consent to their cost. */
function canReach(pool: Pool, medium: ProvedAddress['medium']): boolean {
  return medium === 'EMAIL'
    ? !hasTrigger(pool, 'CustomEmailSender')
    : !hasTrigger(pool, 'CustomSMSSender') && pool.settings.SmsConfiguration !== undefined;
}
