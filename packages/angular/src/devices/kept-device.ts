import type { TokenStorage } from '../storage/token-storage';

/** What proves a device that the pool knows. Nobody types the password. */
export interface KeptDevice {
  readonly key: string;
  readonly groupKey: string;
  readonly password: string;
}

/** The devices that this browser is to the pool, one per name that signs in here. They stay where the session stays. */
export class KeptDevices {
  readonly #storage: TokenStorage;
  readonly #prefix: string;

  constructor(storage: TokenStorage, clientId: string) {
    this.#storage = storage;
    this.#prefix = `poolhouse.${clientId}.device.`;
  }

  /** The device of this name; undefined where there is none, or nothing that this kit wrote. */
  async read(username: string): Promise<KeptDevice | undefined> {
    try {
      const text = await this.#storage.get(this.#keyOf(username));
      const value = JSON.parse(text ?? 'null') as Partial<KeptDevice> | null;
      const { key, groupKey, password } = value ?? {};
      return key && groupKey && password ? { key, groupKey, password } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps a device in place of the one before. */
  async write(username: string, device: KeptDevice): Promise<void> {
    await this.#storage.set(this.#keyOf(username), JSON.stringify(device));
  }

  /** Drops it. */
  async forget(username: string): Promise<void> {
    await this.#storage.remove(this.#keyOf(username));
  }

  /** The device of which the pool wants to know whether to remember it; null where there is none. */
  async undecided(): Promise<string | null> {
    return this.#storage.get(`${this.#prefix}?`);
  }

  /** The pool wants to know that of this one; null: the person has decided. */
  async ask(deviceKey: string | null): Promise<void> {
    if (deviceKey === null) await this.#storage.remove(`${this.#prefix}?`);
    else await this.#storage.set(`${this.#prefix}?`, deviceKey);
  }

  #keyOf(username: string): string {
    return this.#prefix + username.trim().toLowerCase();
  }
}
