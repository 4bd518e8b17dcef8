import { TestBed } from '@angular/core/testing';
import { Requests } from '../../api/request';
import { SHOP, shopServer } from '../../../testing/shop';
import { CurrentPool } from './current-pool';

function setUp(server = shopServer()) {
  TestBed.configureTestingModule({ providers: [{ provide: Requests, useValue: server }] });
  return { server, current: TestBed.inject(CurrentPool) };
}

/** Lets the service read what it wants to read. */
async function settle() {
  TestBed.tick();
  await new Promise((resolve) => setTimeout(resolve));
  TestBed.tick();
}

describe('the pool of the page', () => {
  it('is none before a page is about one, and none is read', async () => {
    const { server, current } = setUp();
    await settle();
    expect([current.id(), current.pool(), current.title()]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(server.inputs('DescribeUserPool')).toEqual([]);
  });

  it('is read when a page is about it', async () => {
    const { current } = setUp();
    current.enter(SHOP.Id);
    expect(current.title()).toBeUndefined();
    await settle();
    expect([current.name(), current.title()]).toEqual(['shop', 'shop']);
  });

  it('is called by its id where it cannot be read', async () => {
    const { current } = setUp(shopServer().failNext('DescribeUserPool'));
    current.enter(SHOP.Id);
    await settle();
    expect([current.name(), current.title()]).toEqual([undefined, SHOP.Id]);
    expect(current.error()).toBeDefined();
  });

  it('is the same while reading it again finds it as it was, so that what is typed stays', async () => {
    const { server, current } = setUp();
    current.enter(SHOP.Id);
    await settle();
    const before = current.pool();
    server.on('DescribeUserPool', { UserPool: { ...SHOP } });
    current.reload();
    await settle();
    expect(current.pool()).toBe(before);
    server.on('DescribeUserPool', { UserPool: { ...SHOP, Name: 'market' } });
    current.reload();
    await settle();
    expect(current.name()).toBe('market');
  });

  it('is left with its pages', async () => {
    const { current } = setUp();
    current.enter(SHOP.Id);
    await settle();
    current.enter(undefined);
    await settle();
    expect([current.pool(), current.title()]).toEqual([undefined, undefined]);
  });
});
