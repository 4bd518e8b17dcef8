/** The tokens of `packages/ui`: contrast, chosen themes, and the starter's copy. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/**
 * The custom properties of the light and of the dark theme.
 * @param {string} file
 */
function themesOf(file) {
  const css = readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
  const [light, dark] = [...css.matchAll(/:root\s*\{([^}]*)\}/g)].map(([, block = '']) =>
    propertiesOf(block),
  );
  return { light, dark };
}

/**
 * @param {string} block
 * @returns {Record<string, string>}
 */
function propertiesOf(block) {
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll(/\s+/g, ' ').trim(),
    ]),
  );
}

test('the starter carries the look of `packages/ui` with it, as it is', () => {
  const style = (/** @type {string} */ path) =>
    readFileSync(new URL(`../${path}`, import.meta.url), 'utf8').replace(/^\/\*.*?\*\/\n/s, '');
  for (const file of ['look.css', 'tokens.css', 'fonts.css', 'base.css', 'pieces.css', 'box.css']) {
    assert.equal(
      style(`examples/starter/web/src/look/${file}`),
      style(`packages/ui/styles/${file}`),
      file,
    );
  }
});

test('every text has a contrast of 4.5:1 or more on what it stands on', () => {
  /** @type {readonly [text: string, grounds: readonly string[]][]} */
  const pairs = [
    ['--ink', ['--bg', '--surface', '--raised', '--sunk', '--accent-soft']],
    ['--ink-2', ['--bg', '--surface', '--raised', '--sunk']],
    ['--ink-3', ['--bg', '--surface', '--raised', '--sunk']],
    ['--accent', ['--bg', '--surface', '--raised', '--sunk', '--accent-soft']],
    ['--accent-ink', ['--accent', '--accent-hover']],
    ['--good', ['--surface', '--good-soft']],
    ['--warn', ['--surface', '--warn-soft']],
    ['--bad', ['--surface', '--raised', '--bad-soft']],
  ];
  const themes = themesOf('../packages/ui/styles/tokens.css');
  for (const [theme, tokens = {}] of Object.entries(themes)) {
    for (const [text, grounds] of pairs) {
      for (const ground of grounds) {
        const ratio = contrast(tokens[text] ?? '', tokens[ground] ?? '');
        assert.ok(ratio >= 4.5, `${theme}: ${text} on ${ground} has ${ratio.toFixed(2)}:1`);
      }
    }
  }
});

test('the edge of a control has a contrast of 3:1 or more against what it may stand on', () => {
  for (const [theme, tokens = {}] of Object.entries(themesOf('../packages/ui/styles/tokens.css'))) {
    for (const ground of ['--bg', '--surface', '--raised', '--sunk', '--accent-soft']) {
      const ratio = contrast(tokens['--edge'] ?? '', tokens[ground] ?? '');
      assert.ok(ratio >= 3, `${theme}: --edge on ${ground} has ${ratio.toFixed(2)}:1`);
    }
  }
});

test('a theme that is chosen looks as the one that the system prefers', () => {
  const css = readFileSync(new URL('../packages/ui/styles/themes.css', import.meta.url), 'utf8');
  const look = themesOf('../packages/ui/styles/tokens.css');
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    const [, block = ''] = new RegExp(`data-theme='${theme}'\\]\\s*\\{([^}]*)\\}`).exec(css) ?? [];
    const chosen = propertiesOf(block);
    assert.ok(Object.keys(chosen).length > 15);
    // The light block of the tokens has what both themes share, too.
    for (const [name, value] of Object.entries(chosen)) {
      assert.equal(value, look[theme]?.[name], `${theme} ${name}`);
    }
    const inDark = Object.keys(look.dark ?? {});
    assert.deepEqual(Object.keys(chosen).sort(), inDark.sort());
  }
});

/**
 * Source: WCAG 2.2, contrast ratio and relative luminance.
 * @param {string} one
 * @param {string} other
 */
function contrast(one, other) {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @param {string} colour as `#rgb` or `#rrggbb` */
function luminance(colour) {
  const digits = colour.slice(1).replace(/^(.)(.)(.)$/, '$1$1$2$2$3$3');
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((start) => {
    const value = Number.parseInt(digits.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
