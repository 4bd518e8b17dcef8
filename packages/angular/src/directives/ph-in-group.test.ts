import { Component, provideZonelessChangeDetection, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FakeAuth, provideFakePoolhouse } from '@poolhouse/angular/testing';
import { PhInGroup } from './ph-in-group';

@Component({
  imports: [PhInGroup],
  template: `<b *phInGroup="wanted(); else others">members</b
    ><ng-template #others><i>others</i></ng-template
    ><u *phInGroup="'owner'">owners</u>`,
})
class Page {
  readonly wanted = signal<string | string[]>('admin');
}

it('*phInGroup shows a part to members, and follows who is signed in', async () => {
  TestBed.configureTestingModule({
    providers: [provideZonelessChangeDetection(), provideFakePoolhouse()],
  });
  const page = TestBed.createComponent(Page);
  const fake = TestBed.inject(FakeAuth);
  const shown = async () => {
    await page.whenStable();
    return (page.nativeElement as HTMLElement).textContent;
  };
  expect(await shown()).toBe('others');
  fake.signInAs({ groups: ['member'] });
  expect(await shown()).toBe('others');
  page.componentInstance.wanted.set(['admin', 'member']);
  expect(await shown()).toBe('members');
  fake.signInAs({ groups: ['owner', 'admin'] });
  expect(await shown()).toBe('membersowners');
  await fake.signOut();
  expect(await shown()).toBe('others');
});
