import type { Command } from '../../shared/commands';
import { matching } from './match';

const command = (title: string, kind = 'Page', hint?: string): Command => ({
  title,
  kind,
  ...(hint !== undefined && { hint }),
  run: () => undefined,
});
const commands = [
  command('Audit'),
  command('Users', 'Page', 'shop'),
  command('User pools'),
  command('usage-report', 'Group'),
  command('back-users', 'Group', 'who works at the back'),
];
const found = (query: string) => matching(commands, query).map(({ title }) => title);

describe('what fits some letters', () => {
  it('is everything where there are none', () => {
    expect(found('  ')).toEqual(commands.map(({ title }) => title));
  });

  it('begins with them before it only holds them', () => {
    expect(found('us')).toEqual(['Users', 'User pools', 'usage-report', 'back-users']);
  });

  it('has them at the beginning of any word, also of its kind and of what it says beside it', () => {
    expect(found('shop')).toEqual(['Users']);
    expect(found('grou')).toEqual(['usage-report', 'back-users']);
    expect(found('works')).toEqual(['back-users']);
  });

  it('has every word that was typed, in any order and case', () => {
    expect(found('GROUP use')).toEqual(['back-users']);
    expect(found('users audit')).toEqual([]);
  });

  it('has them somewhere at least', () => {
    expect(found('port')).toEqual(['usage-report']);
    expect(found('zzz')).toEqual([]);
  });
});
