import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import { Auth, POOLHOUSE_CONFIG, type PoolhouseConfig } from '@poolhouse/angular';
import type { FakePoolhouse } from './fake-answers';
import { FakeAuth } from './fake-auth';

/**
 * Puts a `FakeAuth` in the place of `Auth`: `TestBed.inject(FakeAuth)` steers it. Guards, the interceptor and `*phInGroup` work on it.
 * `config` changes what they read of the configuration; nothing is asked at its `endpoint`.
 */
export function provideFakePoolhouse(
  fake: FakePoolhouse = {},
  config: Partial<PoolhouseConfig> = {},
): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: FakeAuth, useFactory: () => new FakeAuth(fake) },
    { provide: Auth, useExisting: FakeAuth },
    {
      provide: POOLHOUSE_CONFIG,
      useValue: { userPoolId: 'local_Fake00000', clientId: 'fake', ...config, endpoint: undefined },
    },
  ]);
}
