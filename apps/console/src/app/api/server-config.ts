import { inject, Injectable, signal } from '@angular/core';
import { Requests } from './request';

/** What everybody may know of the server. */
export interface ServerConfig {
  /** The administrators' pool. */
  readonly userPoolId: string;
  readonly clientId: string;
  readonly regions: readonly string[];
  readonly needsSetUp: boolean;
  readonly version?: string;
}

/** The server's configuration for the console, read once. */
@Injectable({ providedIn: 'root' })
export class ServerConfigs {
  readonly #requests = inject(Requests);
  readonly #config = signal<ServerConfig | undefined>(undefined);
  #loading: Promise<ServerConfig> | undefined;

  /** What was read; `undefined` until then. */
  readonly config = this.#config.asReadonly();

  /** Reads it, once unless it failed or `again`. */
  load({ again = false } = {}): Promise<ServerConfig> {
    if (again) this.#loading = undefined;
    this.#loading ??= this.#requests.send<ServerConfig>('config').then(
      (config) => {
        this.#config.set(config);
        return config;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
