import { Component, provideEnvironmentInitializer } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, RouterOutlet } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import type { SessionEnd } from '../session/session-end';
import { inGroup, signedIn } from './guards';
import { leaveWhenEnded } from './leave-when-ended';

@Component({ template: 'a page' })
class Page {}

@Component({ selector: 'ph-frame', template: '<router-outlet />', imports: [RouterOutlet] })
class Frame {}

/** Opens a page as somebody, ends the session, and answers where that leads. */
async function endOn(url: string, how: SessionEnd): Promise<string> {
  TestBed.configureTestingModule({
    providers: [
      provideRouter([
        { path: 'profile', component: Page, canActivate: [signedIn()] },
        { path: 'lazy', component: Page, canMatch: [inGroup('admin')] },
        {
          path: 'area',
          component: Frame,
          canActivateChild: [signedIn()],
          children: [{ path: 'page', component: Page }],
        },
        { path: 'own', component: Page, canActivate: [() => true] },
        { path: '**', component: Page },
      ]),
      provideFakePoolhouse({ groups: ['admin'] }, { routes: { signIn: '/login?x=1' } }),
      provideEnvironmentInitializer(leaveWhenEnded),
    ],
  });
  const harness = await RouterTestingHarness.create(url);
  TestBed.inject(FakeAuth).endSession(how);
  TestBed.tick();
  await harness.fixture.whenStable();
  return TestBed.inject(Router).url;
}

describe('a session that ends', () => {
  const table: readonly (readonly [url: string, how: SessionEnd, leads: string])[] = [
    ['/profile?tab=2', 'ended-by-pool', '/login?x=1&returnUrl=%2Fprofile%3Ftab%3D2'],
    ['/profile', 'in-another-tab', '/login?x=1&returnUrl=%2Fprofile'],
    ['/profile?tab=2', 'signed-out', '/login?x=1'],
    ['/lazy', 'ended-by-pool', '/login?x=1&returnUrl=%2Flazy'],
    ['/area/page', 'ended-by-pool', '/login?x=1&returnUrl=%2Farea%2Fpage'],
    ['/own', 'ended-by-pool', '/own'],
    ['/public?x=1', 'ended-by-pool', '/public?x=1'],
    ['/public', 'signed-out', '/public'],
  ];
  it.each(table)('on %s, by %s, leads to %s', async (url, how, leads) => {
    expect(await endOn(url, how)).toBe(leads);
  });
});
