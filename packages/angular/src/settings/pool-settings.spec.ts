import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { providePoolhouse } from '../provide-poolhouse';
import { TOLD } from '../testing/told-settings';
import { PoolSettings } from './pool-settings';

const ANSWER = { ...TOLD, signInNames: ['email'] };

/** The settings of an application whose requests are answered so, one after the other. */
function open(answers: readonly (() => Response)[], endpoint?: string) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    const answer = answers[asked.length - 1];
    if (!answer) throw new Error(`${url} was not expected`);
    return answer();
  });
  const injector = createEnvironmentInjector(
    [providePoolhouse({ userPoolId: 'local_Pool00001', clientId: 'abc', endpoint })],
    TestBed.inject(EnvironmentInjector),
  );
  const get = () => injector.get(PoolSettings);
  return { asked, get };
}

describe('the settings of a pool', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('are asked for once, by the first who wants them', async () => {
    const { asked, get } = open([() => Response.json(ANSWER)], 'http://localhost:8400/');
    expect(asked).toEqual([]);
    await get().ready();
    expect(get().current().signInNames).toEqual(['email']);
    expect(get().current().passwordPolicy?.minimumLength).toBe(15);
    await get().ready();
    expect(asked).toEqual(['http://localhost:8400/local_Pool00001/clients/abc/settings']);
  });

  it('are not asked for at Amazon Cognito', async () => {
    const { asked, get } = open([]);
    await get().ready();
    expect(asked).toEqual([]);
    expect(get().current().signInNames).toEqual(['username']);
  });

  it.each([
    ['another service', () => Response.json({ message: 'Not Found' }, { status: 404 })],
    ['a page', () => new Response('<!doctype html>')],
    ['another document', () => Response.json({ signInNames: ['email'] })],
  ])('stay as configured where there is %s at the endpoint', async (_, answer) => {
    const { asked, get } = open([answer], 'http://localhost:8400');
    await get().ready();
    await get().ready();
    expect(get().current().signInNames).toEqual(['username']);
    expect(asked.length).toBe(1);
  });

  it('are asked for again after a pool that was away', async () => {
    const away = () => {
      throw new TypeError('Failed to fetch');
    };
    const busy = () => Response.json({}, { status: 503 });
    const { asked, get } = open([away, busy, () => Response.json(ANSWER)], 'http://localhost:8400');
    await get().ready();
    await get().ready();
    expect(get().current().signInNames).toEqual(['username']);
    await get().ready();
    expect(get().current().signInNames).toEqual(['email']);
    expect(asked.length).toBe(3);
  });
});
