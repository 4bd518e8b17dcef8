import { createEnvironmentInjector, EnvironmentInjector, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Auth } from '../auth/auth';
import type { PoolhouseConfig } from '../config/poolhouse-config';
import { providePoolhouse, type PoolhouseOptions } from '../provide-poolhouse';
import { POOL_API } from '../pool/pool-api-token';
import type { PoolDouble } from './pool-double';

/** A client id that no other test uses, so that no storage and no channel is shared by accident. */
export function newClientId(): string {
  return `client-${crypto.randomUUID()}`;
}

/** An application in a tab of its own. `close` closes the tab. */
export function newAuth(
  pool: PoolDouble | null,
  config: Partial<PoolhouseConfig> = {},
  options: PoolhouseOptions = {},
  more: Provider[] = [],
): { readonly auth: Auth; readonly injector: EnvironmentInjector; close(): void } {
  const whole: PoolhouseConfig = {
    userPoolId: 'local_Pool00001',
    clientId: newClientId(),
    signInFlow: 'password',
    ...config,
  };
  const injector = createEnvironmentInjector(
    [
      providePoolhouse(whole, options),
      ...(pool ? [{ provide: POOL_API, useValue: pool.call }] : []),
      ...more,
    ],
    TestBed.inject(EnvironmentInjector),
  );
  return { auth: injector.get(Auth), injector, close: () => injector.destroy() };
}
