import type { Client } from '@poolhouse/core';

/**
 * Where an app client's application is, as its owner registered it: the default redirect, otherwise the site of the first https callback.
 * `undefined` if that is not a page, for instance a phone app's own scheme; nothing else may become a link.
 */
export function applicationAddress({ settings }: Pick<Client, 'settings'>): string | undefined {
  const { DefaultRedirectURI, CallbackURLs = [] } = settings;
  const chosen = DefaultRedirectURI === undefined ? undefined : pageAt(DefaultRedirectURI);
  if (chosen !== undefined) return chosen.href;
  return CallbackURLs.map(pageAt).find((url) => url?.protocol === 'https:')?.origin;
}

function pageAt(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && ['http:', 'https:'].includes(url.protocol) ? url : undefined;
}
