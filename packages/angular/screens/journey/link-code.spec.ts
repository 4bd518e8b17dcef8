import { MockPlatformLocation } from '@angular/common/testing';
import { takeLinkCode } from './link-code';

describe('the address of a link', () => {
  const at = (hash: string) =>
    new MockPlatformLocation({ startUrl: `https://a.example/in?x=1${hash}` });

  it('loses the code, and keeps the rest', () => {
    const location = at('#sign-in-code=01234567');
    expect(takeLinkCode(location)).toBe('01234567');
    expect([location.pathname, location.search, location.hash]).toEqual(['/in', '?x=1', '']);
    expect(takeLinkCode(location)).toBeNull();
  });

  it.each(['#sign-in-code=1234567', '#sign-in-code=<b>'])('has no code in %s', (hash) => {
    const location = at(hash);
    expect(takeLinkCode(location)).toBeNull();
    expect(location.hash).toBe('');
  });

  it('keeps a fragment of the application', () => {
    const location = at('#top');
    expect(takeLinkCode(location)).toBeNull();
    expect(location.hash).toBe('#top');
  });
});
