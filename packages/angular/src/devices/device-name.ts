/** In this order, for each one's text also has the names that come after it. */
const BROWSERS = [
  [/\bEdg/, 'Edge'],
  [/\bOPR\b/, 'Opera'],
  [/\b(Firefox|FxiOS)\b/, 'Firefox'],
  [/(Chrome|\bCriOS)\b/, 'Chrome'],
  [/\bSafari\b/, 'Safari'],
] as const;
const SYSTEMS = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bMac OS\b/, 'macOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bLinux\b/, 'Linux'],
] as const;

/** What people recognise this device by, from what the browser says of itself: `Firefox / Linux`. */
export function deviceName(userAgent = navigator.userAgent): string {
  const find = (list: readonly (readonly [RegExp, string])[]) =>
    list.find(([says]) => says.test(userAgent))?.[1];
  return [find(BROWSERS), find(SYSTEMS)].filter(Boolean).join(' / ') || 'Browser';
}
