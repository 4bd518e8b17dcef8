import { effect, inject, signal, untracked } from '@angular/core';
import {
  Auth,
  type AuthErrorCode,
  ɵinBrowser as inBrowser,
  POOLHOUSE_CONFIG,
  POOLHOUSE_TEXTS,
} from '@poolhouse/angular';
import { ɵForm as Form } from '@poolhouse/angular/fields';
import { DeclinedOffers } from './declined-offers';

/** Looks, in an injection context, whether there is something to offer to whoever signs in: what it is, or null. */
export function injectOffer(what: 'passkey' | 'device', look: () => Promise<string | null>) {
  const auth = inject(Auth);
  const declined = new DeclinedOffers(inject(POOLHOUSE_CONFIG), what);
  const offer = new OfferForm(declined, inject(POOLHOUSE_TEXTS).errors.unknown);
  if (inBrowser()) {
    effect(() => {
      const sub = auth.user()?.sub;
      const isStill = () => auth.user()?.sub === sub;
      untracked(() => {
        offer.withdraw();
        if (sub !== undefined) void offer.make(look, isStill);
      });
    });
  }
  return offer;
}

/** Something that is offered after sign-in, until it is taken or declined for good in this browser. */
export class OfferForm {
  readonly form: Form;
  readonly isShown = signal(false);
  /** What was done. */
  readonly said = signal('');
  readonly #declined: DeclinedOffers;
  #id: string | null = null;

  constructor(declined: DeclinedOffers, unknown: string) {
    this.#declined = declined;
    this.form = new Form(() => ({}), unknown);
  }

  /** Offers what is found. Whatever fails here is no reason to bother anybody. */
  async make(look: () => Promise<string | null>, isStill: () => boolean): Promise<void> {
    const id = await look().catch(() => null);
    if (id === null || this.#declined.has(id) || !isStill()) return;
    this.#id = id;
    this.isShown.set(true);
  }

  /** Does what was offered, and says so; after `done` there is nothing left to do either. */
  async accept(work: () => Promise<unknown>, said: string, done?: AuthErrorCode): Promise<void> {
    await this.form.run(
      async () => {
        await work();
        this.#end(said);
      },
      ({ code }) => (code === done ? this.#end('') : null),
    );
  }

  /** Not now, and not again. */
  decline(): void {
    if (this.#id !== null) this.#declined.add(this.#id);
    this.#end('');
  }

  /** Somebody else is there, or nobody. */
  withdraw(): void {
    this.isShown.set(false);
  }

  #end(said: string): void {
    this.withdraw();
    this.said.set(said);
  }
}
