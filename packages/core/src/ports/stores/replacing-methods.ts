/** An object with some methods replaced; the others are its own, and run on it. */
export function replacingMethods<Target extends object>(
  target: Target,
  replaced: Partial<Target>,
): Target {
  return Object.setPrototypeOf(replaced, delegateOf(target)) as Target;
}

/** Stores keep private fields, which a plain prototype would lose. */
function delegateOf(store: object): object {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
