import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationContext, TransactionContext } from './operation.ts';

/* What the compiler refuses. A line below that it accepted would be the error that is expected. */

test('a transaction has no world: no hash, no key of its own connection, no second transaction', () => {
  const work = async (tx: TransactionContext<'UserNotFoundException', 'users'>) => {
    // @ts-expect-error no world
    void tx.world;
    // @ts-expect-error no second transaction
    void tx.atomically;
    // @ts-expect-error nothing that the request says beside its matter
    void tx.request;
    // @ts-expect-error no turn to wait for
    void tx.order;
    // @ts-expect-error a store that it did not ask for
    void tx.stores.groups;
    // @ts-expect-error an error that is not declared
    void (() => tx.fail('UsernameExistsException', ''));
  };
  const hash = (ctx: OperationContext<never, never>) => ctx.world.hasher;
  const step = (ctx: OperationContext<'UserNotFoundException', 'users'>) => {
    void (() => hash(ctx));
    return ctx.atomically(async (tx) => {
      // @ts-expect-error what needs a world cannot be called from inside
      void (() => hash(tx));
      await work(tx);
    });
  };
  assert.equal(typeof step, 'function');
});
