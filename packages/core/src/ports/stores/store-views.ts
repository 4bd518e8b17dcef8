import type { StoreName, Stores } from './index.ts';

/** How each method of a store is treated: a reason why it is unchanged, or what is done instead, with `Parts`. */
export type MethodRules<Store, Parts, Reason extends string> = {
  readonly [Method in keyof Store]: Store[Method] extends (...args: infer Args) => infer Result
    ? Reason | ((parts: Parts, ...args: Args) => Result)
    : never;
};

/** How each store is treated. A store, or a method of a store with rules of its own, that has no rule does not compile. */
export type StoreRules<Parts, Reason extends string, Kept = Stores> = {
  readonly [Name in keyof Kept]: Reason | MethodRules<Kept[Name], Parts, Reason>;
};

/** Applies a rule, with the parts that it needs. */
type CarryOut<Parts> = (rule: (parts: Parts) => Promise<unknown>) => Promise<unknown>;

type Args = readonly unknown[];
type Methods = Readonly<Record<string, (...args: Args) => Promise<unknown>>>;
type AnyRules<Parts> = Readonly<
  Record<string, string | ((parts: Parts, ...args: Args) => Promise<unknown>)>
>;

/**
 * Views of the stores in which methods with a rule follow it, and all others are the store's own. The classes are made here, once, so that
 * a request creates only one small object for each store with rules.
 */
export function storeViews<Parts>(
  rules: StoreRules<Parts, string>,
): (stores: Stores, carryOut: CarryOut<Parts>) => Stores {
  const views = Object.entries(rules).flatMap(([name, ofStore]) =>
    typeof ofStore === 'string'
      ? []
      : [[name, viewOf<Parts>(name as StoreName, ofStore as AnyRules<Parts>)] as const],
  );
  return (stores, carryOut) => {
    const seen: Record<string, unknown> = { ...stores };
    for (const [name, View] of views) seen[name] = new View(stores, carryOut);
    return seen as unknown as Stores;
  };
}

/** A class with the store's methods. */
function viewOf<Parts>(name: StoreName, rules: AnyRules<Parts>) {
  class View {
    readonly stores: Stores;
    readonly carryOut: CarryOut<Parts>;

    constructor(stores: Stores, carryOut: CarryOut<Parts>) {
      this.stores = stores;
      this.carryOut = carryOut;
    }
  }
  for (const [method, rule] of Object.entries(rules)) {
    const value =
      typeof rule === 'string'
        ? function (this: View, ...args: Args) {
            return (this.stores[name] as unknown as Methods)[method]?.(...args);
          }
        : function (this: View, ...args: Args) {
            return this.carryOut((parts) => rule(parts, ...args));
          };
    Object.defineProperty(View.prototype, method, { value });
  }
  return View;
}
