import type { Storage } from '../ports/stores/index.ts';

/** The methods of stores that a request called, in their order, in transactions as well. */
export function noting(storage: Storage): { readonly storage: Storage; readonly calls: string[] } {
  const calls: string[] = [];
  const noted = (stores: Storage['stores']): Storage['stores'] => {
    const views = Object.entries(stores).map(([name, store]: [string, object]) => [
      name,
      new Proxy(store, {
        get(target, key) {
          const value: unknown = Reflect.get(target, key, target);
          if (typeof value !== 'function') return value;
          return (...args: readonly unknown[]): unknown => {
            calls.push(`${name}.${String(key)}`);
            return Reflect.apply(value, target, args);
          };
        },
      }),
    ]);
    return Object.fromEntries(views);
  };
  const view: Partial<Storage> = {
    stores: noted(storage.stores),
    transaction: (work) => storage.transaction((stores) => work(noted(stores))),
  };
  return { storage: Object.setPrototypeOf(view, storage) as Storage, calls };
}
