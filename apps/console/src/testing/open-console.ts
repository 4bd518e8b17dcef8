import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { Router } from '@angular/router';
import { KitSignIns } from '../app/api/kit-sign-ins';
import { Requests } from '../app/api/request';
import { Sessions } from '../app/api/session';
import { App } from '../app/app';
import { appConfig } from '../app/app-config';
import { UnsavedQuestion } from '../app/shared/dialogs/unsaved';
import { ConsolePage } from './console-page';
import { FakeServer } from './fake-server';

/** Rounds of timers after which a page has drawn that it waits. */
const ROUNDS = 4;

/** Opens the whole console at an address, with a server that the test speaks for. */
export async function openConsole(url: string, server = new FakeServer()): Promise<ConsolePage> {
  TestBed.configureTestingModule({
    providers: [
      ...appConfig.providers,
      { provide: Requests, useValue: server },
      { provide: KitSignIns, useValue: server.signIns },
    ],
  });
  const fixture = TestBed.createComponent(App);
  document.body.append(fixture.nativeElement);
  const question = TestBed.inject(UnsavedQuestion);
  const sessions = TestBed.inject(Sessions);
  const router = TestBed.inject(Router);
  const whenStable = () => Object.getPrototypeOf(fixture).whenStable.call(fixture) as Promise<void>;
  // Also at rest is a page that waits for a request that the server holds, or for somebody's answer.
  fixture.whenStable = async () => {
    let isStable = false;
    void whenStable().then(() => (isStable = true));
    await Promise.resolve();
    for (let waits = 0; !isStable && waits < ROUNDS;) {
      if (server.isHolding || question.isAsked() || sessions.lost()) waits += 1;
      await new Promise((resolve) => (waits > 0 ? setTimeout(resolve) : setImmediate(resolve)));
    }
  };
  // What keeps it from opening stands on the page then.
  await router.navigateByUrl(url).catch(() => undefined);
  await fixture.whenStable();
  return new ConsolePage(TestbedHarnessEnvironment.loader(fixture), {
    url: () => TestBed.inject(Location).path(),
    go: (to) => router.navigateByUrl(to),
    rest: async () => {
      await new Promise((resolve) => setTimeout(resolve));
      await fixture.whenStable();
    },
  });
}
