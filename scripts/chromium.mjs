/** The browser of the journeys: Chromium without a window, which takes half of what the one with a window takes; that one, where it is all there is. */
import { ensureDebianPackage, onPath } from './debian.mjs';

/** Debian's name. */
const SHELL = 'chromium-headless-shell';
/** Names that the one with a window has on different systems. */
const WINDOWED = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Finds Chromium, and installs Debian's first where it is absent and this process may.
 * @returns {Promise<{ path: string } | { missing: string }>}
 */
export async function ensureChromium() {
  // Without a font of its own the text of pages would be as wide as the machine's.
  const shell = await ensureDebianPackage(() => onPath(SHELL), SHELL, 'fonts-liberation');
  if ('path' in shell) return shell;
  const find = () => WINDOWED.map(onPath).find((path) => path !== undefined);
  return ensureDebianPackage(find, 'chromium');
}
