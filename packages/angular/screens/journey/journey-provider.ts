import { inject, type Provider } from '@angular/core';
import { Auth, POOLHOUSE_TEXTS, PoolSettings } from '@poolhouse/angular';
import { Journey } from '../forms/journey';

/**
 * One journey for all screens below, so that nothing is typed twice. `<ph-authenticator>` brings its own; an application
 * that gives each screen a route of its own provides it on their common parent route.
 */
export function provideJourney(): Provider {
  return {
    provide: Journey,
    useFactory: () =>
      inject(Journey, { optional: true, skipSelf: true }) ??
      new Journey(inject(Auth), inject(POOLHOUSE_TEXTS), inject(PoolSettings).current),
  };
}
