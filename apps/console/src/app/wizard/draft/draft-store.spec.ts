import { TestBed } from '@angular/core/testing';
import { Requests } from '../../api/request';
import { FakeServer } from '../../../testing/fake-server';
import { nameProblems } from '../steps/name/problems';
import { tagsProblems } from '../steps/tags/problems';
import { DraftStore } from './draft-store';

const KEY = 'poolhouse.new-pool';

function store(): DraftStore {
  TestBed.configureTestingModule({
    providers: [DraftStore, { provide: Requests, useValue: new FakeServer() }],
  });
  return TestBed.inject(DraftStore);
}

describe('the draft of a pool', () => {
  it('is kept in the tab, with its region', () => {
    const drafted = store();
    drafted.set({ name: 'shop' });
    drafted.setRegion(' eu-west-1 ');
    TestBed.tick();
    expect(JSON.parse(sessionStorage.getItem(KEY) ?? '')).toMatchObject({
      draft: { name: 'shop' },
      region: 'eu-west-1',
    });
  });

  it('is what the tab had before a reload', () => {
    sessionStorage.setItem(KEY, JSON.stringify({ draft: { name: 'shop' }, region: 'mars-1' }));
    const drafted = store();
    expect([drafted.choices().name, drafted.region()]).toEqual(['shop', 'mars-1']);
  });

  it.each(['{', 'null', '7', '{"draft":7,"region":{}}'])(
    'is a new one where %s was kept',
    (kept) => {
      sessionStorage.setItem(KEY, kept);
      const drafted = store();
      expect([drafted.choices().name, drafted.region()]).toEqual(['', 'ph-local-1']);
    },
  );

  it('begins anew once it has done its work', () => {
    const drafted = store();
    drafted.set({ name: 'shop', tags: [{ key: '', value: '' }] });
    drafted.setRegion('mars-1');
    drafted.try(tagsProblems);
    drafted.clear();
    expect([drafted.choices().name, drafted.region()]).toEqual(['', 'ph-local-1']);
    drafted.set({ tags: [{ key: '', value: '' }] });
    expect(drafted.problem(tagsProblems, 'tag-0')).toBe('');
  });
});

describe('what is wrong', () => {
  it('is said of a field once somebody has left it', () => {
    const drafted = store();
    drafted.set({ tags: [{ key: '', value: '' }] });
    expect(drafted.problem(tagsProblems, 'tag-0')).toBe('');
    drafted.leave('tag-0');
    expect(drafted.problem(tagsProblems, 'tag-0')).toContain('A tag needs a name');
  });

  it('is said of a whole step once somebody wants to go on', () => {
    const drafted = store();
    drafted.try(nameProblems);
    expect(drafted.problem(nameProblems, 'name')).toBe('Give the pool a name.');
    expect(drafted.problem(nameProblems, 'region')).toBe('');
  });

  it('is said of one step, and of no other', () => {
    const drafted = store();
    drafted.set({ tags: [{ key: '', value: '' }] });
    drafted.try(nameProblems);
    expect(drafted.problem(tagsProblems, 'tag-0')).toBe('');
  });

  it('keeps a step from being done, the region too', () => {
    const drafted = store();
    expect([drafted.isDone(nameProblems), drafted.isDone(tagsProblems)]).toEqual([false, true]);
    drafted.set({ name: 'shop' });
    expect(drafted.isDone(nameProblems)).toBe(true);
    drafted.setRegion('eu west');
    expect(drafted.isDone(nameProblems)).toBe(false);
  });
});
