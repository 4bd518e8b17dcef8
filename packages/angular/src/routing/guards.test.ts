import { Component, PLATFORM_ID, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import type { PoolhouseConfig } from '../config/poolhouse-config';
import { guest, inGroup, signedIn } from './guards';
import { returnUrl } from './return-url';

@Component({ template: 'a page' })
class Page {}

async function go(
  url: string,
  person: string[] | null,
  config: Partial<PoolhouseConfig> = {},
  providers: Provider[] = [],
): Promise<string> {
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        { path: 'profile', component: Page, canActivate: [signedIn()] },
        {
          path: 'orders',
          component: Page,
          canActivate: [signedIn({ redirectTo: '/welcome?x=1' })],
        },
        { path: 'admin', component: Page, canActivate: [inGroup('admin', 'owner')] },
        { path: 'lazy/page', component: Page, canMatch: [signedIn()] },
        { path: 'lazy/admin', component: Page, canMatch: [inGroup('admin')] },
        {
          path: 'lazy',
          canMatch: [signedIn()],
          children: [{ path: 'deep/:id', component: Page }],
        },
        { path: 'sign-in', component: Page, canActivate: [guest()] },
        { path: '**', component: Page },
      ]),
      provideFakePoolhouse(person ? { groups: person } : {}, config),
      ...providers,
    ],
  });
  TestBed.inject(FakeAuth).beUnknown();
  await RouterTestingHarness.create(url);
  return TestBed.inject(Router).url;
}

describe('guards', () => {
  const table: readonly (readonly [url: string, person: string[] | null, lands: string])[] = [
    ['/profile?tab=2', [], '/profile?tab=2'],
    ['/profile?tab=2', null, '/sign-in?returnUrl=%2Fprofile%3Ftab%3D2'],
    ['/orders', null, '/welcome?x=1&returnUrl=%2Forders'],
    ['/admin', ['admin'], '/admin'],
    ['/admin', ['owner', 'other'], '/admin'],
    ['/admin', ['Admin'], '/'],
    ['/admin', [], '/'],
    ['/admin', null, '/sign-in?returnUrl=%2Fadmin'],
    ['/lazy/page?x=1#y', [], '/lazy/page?x=1#y'],
    ['/lazy/page?x=1#y', null, '/sign-in?returnUrl=%2Flazy%2Fpage%3Fx%3D1%23y'],
    ['/lazy/deep/7?x=1', null, '/sign-in?returnUrl=%2Flazy%2Fdeep%2F7%3Fx%3D1'],
    ['/lazy/admin', [], '/'],
    ['/lazy/admin', null, '/sign-in?returnUrl=%2Flazy%2Fadmin'],
    ['/sign-in', null, '/sign-in'],
    ['/sign-in', [], '/'],
  ];
  it.each(table)('%s for %s leads to %s', async (url, person, lands) => {
    expect(await go(url, person)).toBe(lands);
  });

  it('lead where the configuration says', async () => {
    const routes = { signIn: '/login', home: '/start', forbidden: '/no' };
    expect(await go('/admin', [], { routes })).toBe('/no');
    TestBed.resetTestingModule();
    expect(await go('/sign-in', [], { routes })).toBe('/start');
    TestBed.resetTestingModule();
    expect(await go('/profile', null, { routes })).toBe('/login?returnUrl=%2Fprofile');
  });

  it('leave the decision to the browser on a server', async () => {
    const server = { provide: PLATFORM_ID, useValue: 'server' };
    expect(await go('/profile', null, {}, [server])).toBe('/profile');
  });
});

describe('returnUrl', () => {
  it.each([
    ['/profile?tab=2#x', '/profile?tab=2#x'],
    ['/', '/'],
    [null, '/home'],
    [undefined, '/home'],
    ['', '/home'],
    ['profile', '/home'],
    ['//evil.test', '/home'],
    [String.raw`/\evil.test`, '/home'],
    ['/\t/evil.test', '/home'],
    ['/x/..//evil.test', '/home'],
    ['https://evil.test', '/home'],
    ['javascript:alert(1)', '/home'],
  ])('%s leads to %s', (value, lands) => {
    expect(returnUrl(value, '/home')).toBe(lands);
  });
});
