/** A store with some methods replaced, for one test; the others are its own, and run on it. */
export function withMethods<Store extends object>(store: Store, replaced: Partial<Store>): Store {
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(store)).map((name) => {
    const method: unknown = Reflect.get(store, name);
    return [name, typeof method === 'function' ? (method.bind(store) as unknown) : method];
  });
  return { ...Object.fromEntries(own), ...replaced } as Store;
}
