import { isIPv4 } from 'node:net';

/** Whether a host name or address, as written in a URL or a setting, always means this very machine. */
export function isLoopbackName(name: string): boolean {
  const bare = name.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (bare === '::1' || bare === 'localhost' || bare.endsWith('.localhost')) return true;
  return isIPv4(bare) && bare.startsWith('127.');
}
