import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Requests } from '../../api/request';
import { Sessions } from '../../api/session';
import { Commands } from '../../shared/commands';
import { CurrentPool } from '../../shared/pieces/current-pool';
import { SHOP, shopServer } from '../../../testing/shop';
import { FoundRecords } from './found-records';

const server = () =>
  shopServer()
    .on('ListGroups', { Groups: [{ GroupName: 'staff', Description: 'Who works here' }] })
    .on('ListUserPoolClients', { UserPoolClients: [{ ClientId: 'web-id', ClientName: 'web' }] })
    .on('ListUsers', {
      Users: [{ Username: 'mara', Attributes: [{ Name: 'sub', Value: 'sub-of-mara' }] }],
    });

async function setUp(asked = server()) {
  TestBed.configureTestingModule({
    providers: [provideRouter([]), { provide: Requests, useValue: asked }],
  });
  await TestBed.inject(Sessions).load();
  TestBed.inject(CurrentPool).enter(SHOP.Id);
  const found = TestBed.inject(FoundRecords);
  const settle = async () => {
    TestBed.tick();
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  };
  return { asked, found, settle, commands: TestBed.inject(Commands) };
}

describe('what of the pool the palette finds', () => {
  it('is not read before the palette is open', async () => {
    const { asked, found, settle } = await setUp();
    found.find('mara');
    await settle();
    expect([found.named(), found.users()]).toEqual([[], []]);
    expect(asked.inputs('ListGroups')).toEqual([]);
  });

  it('are groups and app clients, with what they are beside', async () => {
    const { found, commands, settle } = await setUp();
    commands.open();
    await settle();
    expect(found.named()).toEqual([
      expect.objectContaining({ title: 'staff', kind: 'Group', hint: 'Who works here' }),
      expect.objectContaining({ title: 'web', kind: 'App client', hint: 'web-id' }),
    ]);
  });

  it('are users as soon as there are two letters: one finds everybody', async () => {
    const { asked, found, commands, settle } = await setUp();
    commands.open();
    found.find(' m ');
    await settle();
    expect(asked.inputs('ListUsers')).toEqual([]);
    found.find('ma');
    await settle();
    expect(found.users().map(({ title, kind }) => [title, kind])).toEqual([['mara', 'User']]);
  });

  it('is only what the role may read', async () => {
    const asked = server();
    const session = asked.session();
    asked.at('GET session', () => ({ ...session, operations: { ListGroups: 'viewer' } }));
    const { found, commands, settle } = await setUp(asked);
    commands.open();
    found.find('mara');
    await settle();
    expect(found.named().map(({ title }) => title)).toEqual(['staff']);
    expect(found.users()).toEqual([]);
    expect(asked.inputs('ListUserPoolClients')).toEqual([]);
  });

  it('is nothing more once the palette is closed', async () => {
    const { found, commands, settle } = await setUp();
    commands.open();
    await settle();
    commands.close();
    await settle();
    expect(found.named()).toEqual([]);
  });
});
