import { memoryStorage, webStorage } from './token-storage';

describe('webStorage', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('writes where the browser keeps it', async () => {
    const storage = webStorage('sessionStorage');
    await storage.set('key', 'text');
    expect(sessionStorage.getItem('key')).toBe('text');
    expect(await webStorage('sessionStorage').get('key')).toBe('text');
    await storage.remove('key');
    expect(await storage.get('key')).toBeNull();
    expect([storage.shared, webStorage('localStorage').shared]).toEqual([false, true]);
  });

  it('goes on in memory where the browser refuses', async () => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    const storage = webStorage('localStorage');
    await storage.set('key', 'text');
    expect(await storage.get('key')).toBe('text');
    await storage.remove('key');
    expect(await storage.get('key')).toBeNull();
  });

  it('writes again where there is room again', async () => {
    const texts = new Map<string, string>();
    let isFull = true;
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => texts.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (isFull) throw new DOMException('full', 'QuotaExceededError');
        texts.set(key, value);
      },
      removeItem: (key: string) => void texts.delete(key),
    });
    const storage = webStorage('localStorage');
    await storage.set('key', 'first');
    isFull = false;
    await storage.set('key', 'second');
    expect(await storage.get('key')).toBe('second');
    expect(texts.get('key')).toBe('second');
  });
});

it('memoryStorage forgets with its page', async () => {
  await memoryStorage().set('key', 'text');
  expect(await memoryStorage().get('key')).toBeNull();
});
