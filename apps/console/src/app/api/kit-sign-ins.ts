import { EnvironmentInjector, inject, Injectable } from '@angular/core';
import type { KitSignIn } from './kit-sign-in';
import { ServerConfigs } from './server-config';

/** Begins sign-ins at the administrators' pool. The kit is loaded with the first of them. */
@Injectable({ providedIn: 'root' })
export class KitSignIns {
  readonly #injector = inject(EnvironmentInjector);
  readonly #configs = inject(ServerConfigs);

  /** `again`: the server's configuration may have changed since it was read. */
  async open({ again = false } = {}): Promise<KitSignIn> {
    const { openKitSignIn } = await import('./kit-sign-in');
    return openKitSignIn(await this.#configs.load({ again }), this.#injector);
  }
}
