/** What a program calls itself, where another program's name would also match, before that one. */
const browsers: readonly (readonly [name: string, version: RegExp])[] = [
  ['Edge', /\b(?:Edg|Edge|EdgA|EdgiOS)\/(\d+)/],
  ['Opera', /\b(?:OPR|OPiOS|OPT)\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//],
];

/** Systems, with their version where there is one. iPads and Android say the names of others too. */
const systems: readonly (readonly [name: string, version: RegExp])[] = [
  ['iPadOS', /\biPad\b.*?\bOS (\d+[._]\d+)/],
  ['iOS', /\b(?:iPhone|iPod)\b.*?\bOS (\d+[._]\d+)/],
  ['Android', /\bAndroid(?: (\d+(?:\.\d+)?))?/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b|\bos\/win/i],
  ['macOS', /\bMac OS X(?: (\d+[._]\d+))?|\bMacintosh\b|\bos\/macos/i],
  ['Linux', /\bLinux\b/i],
];

/** The versions that browsers say for ever, whatever the device has. They would only make people doubt that it is theirs. */
const FROZEN: Readonly<Record<string, string>> = { macOS: '10.15', Android: '10' };

/**
 * How people know a device, from the user agent of a program on it: `Chrome 125 / macOS`; `unknown` without one. What it says is not
 * verified. Source: API model, SessionDescriptionType.DeviceType.
 */
export function deviceName(userAgent = ''): string {
  const program = found(browsers, userAgent) ?? ownName(userAgent);
  const system = found(systems, userAgent);
  return [program, system].filter((part) => part !== undefined).join(' / ') || 'unknown';
}

function found(names: typeof browsers, userAgent: string): string | undefined {
  for (const [name, pattern] of names) {
    const match = pattern.exec(userAgent);
    if (match === null) continue;
    const version = match[1]?.replace('_', '.');
    return version === undefined || version === FROZEN[name] ? name : `${name} ${version}`;
  }
  return undefined;
}

/** The name with which a program that is no browser begins: `okhttp/4.9`. */
function ownName(userAgent: string): string | undefined {
  const [, name, version] = /^([\w.+-]{1,64})(?:\/v?(\d{1,9}))?/.exec(userAgent) ?? [];
  if (name === undefined || name === 'Mozilla') return undefined;
  return version === undefined ? name : `${name} ${version}`;
}
