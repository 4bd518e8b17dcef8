import type { StoreName, Stores } from './index.ts';

/** What becomes of each method of a store: a reason why it stays as it is, or what is done instead, with `Parts`. */
export type MethodRules<Store, Parts, Reason extends string> = {
  readonly [Method in keyof Store]: Store[Method] extends (...args: infer Args) => infer Result
    ? Reason | ((parts: Parts, ...args: Args) => Result)
    : never;
};

/** What becomes of each store. A store, or a method of a store with rules of its own, that is decided nowhere does not compile. */
export type StoreRules<Parts, Reason extends string, Kept = Stores> = {
  readonly [Name in keyof Kept]: Reason | MethodRules<Kept[Name], Parts, Reason>;
};

/** Does what a rule says with the parts that it needs. */
type CarryOut<Parts> = (rule: (parts: Parts) => Promise<unknown>) => Promise<unknown>;

type Args = readonly unknown[];
type Methods = Readonly<Record<string, (...args: Args) => Promise<unknown>>>;
type AnyRules<Parts> = Readonly<
  Record<string, string | ((parts: Parts, ...args: Args) => Promise<unknown>)>
>;

/**
 * Views of the stores, in which what has a rule is done by its rule, and all else by the store itself. Its classes are made here, once,
 * so that a request makes only one small object for each store with rules.
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
