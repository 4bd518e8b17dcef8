/** What tabs tell each other; never a token. */
export type TabNews =
  { readonly kind: 'changed' } | { readonly kind: 'signed-out'; readonly sub: string | undefined };

/** The line between the tabs of an application. */
export interface TabChannel {
  post(news: TabNews): void;
  close(): void;
}

/**
 * Tells news by BroadcastChannel, and hears of changes of the browser's storage too: that is the only way where there is no
 * channel, and elsewhere the news may arrive before another process sees what was stored.
 */
export function openTabChannel(key: string, hear: (news: TabNews) => void): TabChannel {
  const onStorage = (event: StorageEvent) => {
    // A key of null says that everything was cleared.
    if (event.key === key || event.key === null) hear({ kind: 'changed' });
  };
  globalThis.addEventListener('storage', onStorage);
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(key) : undefined;
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const news = newsOf(data);
      if (news) hear(news);
    };
  }
  return {
    post: (news) => channel?.postMessage(news),
    close() {
      channel?.close();
      globalThis.removeEventListener('storage', onStorage);
    },
  };
}

function newsOf(data: unknown): TabNews | undefined {
  const { kind, sub } = (data ?? {}) as { kind?: unknown; sub?: unknown };
  if (kind === 'changed') return { kind };
  if (kind === 'signed-out') return { kind, sub: typeof sub === 'string' ? sub : undefined };
  return undefined;
}
