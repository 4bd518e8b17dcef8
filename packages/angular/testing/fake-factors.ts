import type { AuthUser, FactorState, OwnFactors, SecondFactor } from '@poolhouse/angular';

/** The second factors that the person of a fake has turned on. */
export class FakeFactors {
  readonly #on = new Set<SecondFactor>();
  #preferred: SecondFactor | undefined;

  /** As `Auth.loadFactors` tells them. */
  of({ email, attributes }: AuthUser): OwnFactors {
    const sms = attributes['phone_number'];
    return {
      on: [...this.#on],
      ...(this.#preferred && { preferred: this.#preferred }),
      addresses: { ...(email && { email }), ...(sms && { sms }) },
    };
  }

  /** As `Auth.setFactor` does. */
  set(user: AuthUser, factor: SecondFactor, state: FactorState): OwnFactors {
    if (state === 'off') this.#on.delete(factor);
    else this.#on.add(factor);
    if (state === 'preferred') this.#preferred = factor;
    else if (this.#preferred === factor) this.#preferred = undefined;
    return this.of(user);
  }

  /** One that is on already stays what it is. */
  turnOn(user: AuthUser, factor: SecondFactor): void {
    if (!this.#on.has(factor)) this.set(user, factor, 'on');
  }
}
