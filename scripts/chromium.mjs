/**
 * The browser of the journeys: headless Chromium, which uses half the resources of the one with a window; that one only if there is no
 * other.
 */
import { ensureDebianPackage, onPath } from './debian.mjs';

/** Debian's name. */
const SHELL = 'chromium-headless-shell';
/** Names of the one with a window on different systems. */
const WINDOWED = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Finds Chromium; if it is missing, first installs Debian's, if this process may.
 * @returns {Promise<{ path: string } | { missing: string }>}
 */
export async function ensureChromium() {
  // Without a font of its own, text would be as wide as the machine's default font.
  const shell = await ensureDebianPackage(() => onPath(SHELL), SHELL, 'fonts-liberation');
  if ('path' in shell) return shell;
  const find = () => WINDOWED.map(onPath).find((path) => path !== undefined);
  return ensureDebianPackage(find, 'chromium');
}
