import { TestBed } from '@angular/core/testing';
import { Regions, regionOf } from './region';
import { ServerConfigs } from './server-config';
import { answer, fakeFetch, refusal } from './testing/fake-fetch';

const config = {
  userPoolId: 'p',
  clientId: 'c',
  regions: ['local', 'eu-west-1'],
  needsSetUp: false,
};

afterEach(() => vi.unstubAllGlobals());

describe('the region', () => {
  it('is the first that the server has pools in, until another is chosen', async () => {
    fakeFetch(answer(config));
    const regions = TestBed.inject(Regions);
    expect(regions.region()).toBe('ph-local-1');
    await TestBed.inject(ServerConfigs).load();
    expect(regions.region()).toBe('local');
    regions.choose('eu-west-1');
    expect(regions.region()).toBe('eu-west-1');
  });

  it('may be one that no pool is in yet', () => {
    const regions = TestBed.inject(Regions);
    regions.choose('mars-1');
    regions.choose('mars-1');
    expect([regions.region(), regions.all()]).toEqual(['mars-1', ['mars-1']]);
  });

  it('is remembered in this browser, where the server still has it', async () => {
    localStorage.setItem('poolhouse.region', 'eu-west-1');
    fakeFetch(answer(config));
    const regions = TestBed.inject(Regions);
    await TestBed.inject(ServerConfigs).load();
    expect(regions.region()).toBe('eu-west-1');
  });

  it('is forgotten where the server has it no more', async () => {
    localStorage.setItem('poolhouse.region', 'gone-1');
    fakeFetch(answer(config));
    await TestBed.inject(ServerConfigs).load();
    expect(TestBed.inject(Regions).region()).toBe('local');
  });

  it('of a pool stands in its id', () => {
    expect([regionOf('eu-west-1_abc'), regionOf('')]).toEqual(['eu-west-1', '']);
  });
});

describe('the server’s configuration', () => {
  it('is read once, unless it failed or is wanted again', async () => {
    const configs = TestBed.inject(ServerConfigs);
    const sent = fakeFetch(refusal(500, 'X', 'Not now.'), answer(config), answer(config));
    await expect(configs.load()).rejects.toThrow('Not now.');
    await Promise.all([configs.load(), configs.load()]);
    expect(sent).toHaveLength(2);
    await configs.load({ again: true });
    expect(sent).toHaveLength(3);
    expect(configs.config()?.regions).toEqual(['local', 'eu-west-1']);
  });
});
