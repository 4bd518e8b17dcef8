/** Where the kit keeps the session of a person, as one text under one key. It may be slow (a promise) or at once. */
export interface TokenStorage {
  get(key: string): string | null | Promise<string | null>;
  set(key: string, value: string): void | Promise<void>;
  remove(key: string): void | Promise<void>;
  /** Whether other tabs see the same texts; default true. */
  readonly shared?: boolean;
}

/** Forgets everything when the page is left. */
export function memoryStorage(): TokenStorage {
  const texts = new Map<string, string>();
  return {
    shared: false,
    get: (key) => texts.get(key) ?? null,
    set: (key, value) => void texts.set(key, value),
    remove: (key) => void texts.delete(key),
  };
}

/**
 * The browser's storage, touched only when something is read or written. Where the browser refuses it (private windows, blocked
 * site data, no room left) the session lives in memory.
 */
export function webStorage(area: 'localStorage' | 'sessionStorage'): TokenStorage {
  const memory = memoryStorage();
  const attempt = <T>(run: (storage: Storage) => T, instead: () => T): T => {
    try {
      return run(globalThis[area]);
    } catch {
      return instead();
    }
  };
  return {
    shared: area === 'localStorage',
    get: async (key) =>
      (await memory.get(key)) ??
      attempt(
        (s) => s.getItem(key),
        () => null,
      ),
    set: (key, value) =>
      attempt<void | Promise<void>>(
        (storage) => {
          storage.setItem(key, value);
          return memory.remove(key);
        },
        () => memory.set(key, value),
      ),
    remove: (key) => {
      void memory.remove(key);
      attempt(
        (storage) => storage.removeItem(key),
        () => undefined,
      );
    },
  };
}

/** The storage that a configuration asks for. */
export function chosenStorage(
  choice: 'memory' | 'session' | 'local' | TokenStorage = 'local',
): TokenStorage {
  if (typeof choice === 'object') return choice;
  if (choice === 'memory') return memoryStorage();
  return webStorage(choice === 'local' ? 'localStorage' : 'sessionStorage');
}
