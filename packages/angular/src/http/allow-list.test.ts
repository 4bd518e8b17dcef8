import { isAllowed } from './allow-list';

const PAGE = 'https://app.example.com/start/page?x=1';

const TABLE: readonly (readonly [entry: string | RegExp, url: string, allowed: boolean])[] = [
  ['/api', '/api', true],
  ['/api', '/api/', true],
  ['/api', '/api/me?x=1#y', true],
  ['/api/', '/api/me', true],
  ['/api', 'https://app.example.com/api/me', true],
  ['/api', 'https://app.example.com:443/api/me', true],
  ['/api', '/apiary', false],
  ['/api', '/API/me', false],
  ['/api', '/api/../admin', false],
  ['/api', '/api/%2e%2e/admin', false],
  ['/api', '/x/../api/me', true],
  ['/api', 'http://app.example.com/api/me', false],
  ['/api', 'https://app.example.com:8443/api/me', false],
  ['/api', '//evil.test/api', false],
  ['/api', String.raw`\\evil.test\api`, false],
  ['/api', 'https://app.example.com@evil.test/api', false],
  ['/api', 'https://app.example.com.evil.test/api', false],
  ['/api', 'data:text/plain,/api', false],
  ['/api', 'http://[broken', false],
  ['https://api.example.com', 'https://api.example.com/anything', true],
  ['https://api.example.com', 'https://api.example.com.evil.test/', false],
  ['https://api.example.com', 'https://api.example.com@evil.test/', false],
  ['https://api.example.com/v1', 'https://api.example.com/v10', false],
  ['data:x', 'data:x', false],
  [/^https:\/\/api\./, 'https://api.example.com/', true],
  [/\/api\//, '/api/me', true],
  [/\/api\//, '/x/api/me', true],
  [/\/api\//, 'https://evil.test/api/me', false],
  [/\/api\//, 'https://evil.test/x?u=/api/', false],
  [/\/api\//, '/x?u=/api/', false],
  [/\/api\//, '/x#/api/', false],
  [/^https:\/\/api\.example\.com\//, 'https://api.example.com/me', true],
  [/^https:\/\/api\.example\.com\//, 'https://api.example.com.evil.test/', false],
  [/^https:\/\/api\.example\.com\//, 'https://evil.test/?https://api.example.com/', false],
  [/^https?:\/\/(a|b)\.example\//, 'https://b.example/x', true],
  [/.*/, 'data:text/plain,x', false],
];

it.each(TABLE)('%s for %s: %s', (entry, url, allowed) => {
  expect(isAllowed(url, [entry], PAGE)).toBe(allowed);
  // Patterns with a memory say the same each time.
  if (typeof entry === 'object') {
    const sticky = new RegExp(entry.source, 'g');
    expect([isAllowed(url, [sticky], PAGE), isAllowed(url, [sticky], PAGE)]).toEqual([
      allowed,
      allowed,
    ]);
  }
});

it('an empty list allows nothing', () => {
  expect(isAllowed('/api', [], PAGE)).toBe(false);
});
