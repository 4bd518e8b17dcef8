import { PLATFORM_ID } from '@angular/core';
import { newAuth } from '../testing/new-auth';
import { PoolDouble } from '../testing/pool-double';

/** What a server does not have, or must not share between the people that it serves. */
const BROWSER_ONLY = [
  'localStorage',
  'sessionStorage',
  'BroadcastChannel',
  'navigator',
  'window',
  'document',
];

it('nothing of a browser is touched on a server, and nobody is known', async () => {
  const touched: string[] = [];
  const before = BROWSER_ONLY.map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const name of BROWSER_ONLY) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        touched.push(name);
        throw new ReferenceError(`${name} is not defined`);
      },
    });
  }
  try {
    const pool = new PoolDouble();
    for (const storage of ['local', 'session'] as const) {
      const { auth, close } = newAuth(pool, { storage }, {}, [
        { provide: PLATFORM_ID, useValue: 'server' },
      ]);
      await auth.ready();
      expect([auth.status(), auth.user(), auth.session()]).toEqual(['unknown', null, null]);
      expect(await auth.accessToken()).toBeNull();
      expect(await auth.idToken()).toBeNull();
      expect(await auth.refresh()).toBeNull();
      close();
    }
    expect(pool.calls).toEqual([]);
    expect(touched).toEqual([]);
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
});
