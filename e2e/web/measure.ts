/** What axe does not measure: edges of controls against their surroundings, sizes of targets, and focus under bars. */
import type { Page } from 'playwright-core';
import { coloursSettled } from './browser.ts';

/**
 * Runs in the page, before the measurements. A colour is `[red, green, blue, alpha]`, from 0 to 1. Source of the formulas: WCAG 2.2,
 * contrast ratio and relative luminance.
 */
const TOOLS = `
  const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
    .getContext('2d', { willReadFrequently: true });
  function colour(css) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = css;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  }
  function over([r, g, b, a], ground) {
    return [...[r, g, b].map((part, index) => part * a + ground[index] * (1 - a)), 1];
  }
  /** What is behind an element: the backgrounds of all elements that contain it, the farthest first. */
  function groundOf(element) {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const layer = colour(getComputedStyle(one).backgroundColor);
      layers.unshift(layer);
      if (layer[3] === 1) break;
    }
    return layers.reduce((ground, layer) => over(layer, ground), [1, 1, 1, 1]);
  }
  function luminance(parts) {
    const [r, g, b] = parts.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }
  function isShown(element) {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      && !element.closest('.unseen, .ph-unseen, [inert], [aria-hidden="true"]');
  }
  function called(element) {
    const text = element.getAttribute('aria-label') ?? (element.labels?.[0] ?? element).textContent;
    return element.tagName.toLowerCase() + ' "' + text.trim().replace(/\\s+/g, ' ').slice(0, 40) + '"';
  }
`;

/**
 * Controls whose edge has less than 3:1 contrast with its surroundings. Disabled controls, those that only show a value, and buttons that
 * are recognised by their text alone need none. Source: WCAG 2.2, 1.4.11.
 */
const FAINT = `(() => {
  ${TOOLS}
  const LEAST = 3;
  const isDrawnByTheBrowser = (element) =>
    ['checkbox', 'radio'].includes(element.type) && getComputedStyle(element).appearance !== 'none';
  /** The field itself, or the frame around it that has its border. */
  function framed(element) {
    const hasEdge = (one) => parseFloat(getComputedStyle(one).borderTopWidth) > 0;
    return hasEdge(element) || element.tagName === 'BUTTON' ? element : (element.closest('.search, label') ?? element);
  }
  /** The colour of an edge that is drawn as a shadow. */
  const edgeIn = (shadow) => /^(rgba?\\([^)]*\\)|#\\w+|color\\([^)]*\\))/.exec(shadow)[0];
  function edgeOf(element) {
    const style = getComputedStyle(element);
    const beside = groundOf(element.parentElement);
    const inside = over(colour(style.backgroundColor), beside);
    const width = parseFloat(style.borderTopWidth);
    const border = width > 0 ? over(colour(style.borderTopColor), inside) : inside;
    const body = contrast(inside, beside);
    return Math.max(body, Math.min(contrast(border, beside), contrast(border, inside)));
  }
  const isBare = (element) => {
    const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element);
    const hasBorder = parseFloat(borderTopWidth) > 0 && colour(borderTopColor)[3] > 0;
    return !hasBorder && colour(backgroundColor)[3] === 0;
  };
  const problems = [];
  const fields = 'input:not([type=hidden]), select, textarea';
  for (const element of document.querySelectorAll(fields + ', button, a.btn, [role=switch]')) {
    if (!isShown(element) || element.matches(':disabled, [aria-disabled=true], textarea:read-only')) continue;
    if (element.matches('input:read-only:not([type=checkbox], [type=radio])')) continue;
    if (isDrawnByTheBrowser(element)) problems.push(called(element) + ': drawn by the browser, in its own colours');
    const isField = element.matches(fields);
    const whole = isField ? framed(element) : element;
    // Rows and tabs have no edge: their text identifies them.
    if (!isField && (isBare(whole) || whole.matches('.menu *, .tabs *, .row, .account'))) continue;
    if (!isField && whole.matches('.segments *') && whole.ariaPressed !== 'true') continue;
    const pressed = whole.matches('.segments *') ? getComputedStyle(whole).boxShadow : 'none';
    const ratio = pressed === 'none'
      ? edgeOf(whole)
      : contrast(colour(edgeIn(pressed)), groundOf(whole));
    if (ratio < LEAST) problems.push(called(element) + ': its edge has ' + ratio.toFixed(2) + ':1');
  }
  // Charts: every series against the card, and its legend like the series.
  for (const part of document.querySelectorAll('.plot .bar, .legend .key')) {
    const { backgroundColor, boxShadow } = getComputedStyle(part);
    const ground = groundOf(part.parentElement);
    const colours = boxShadow === 'none' ? [backgroundColor] : [backgroundColor, edgeIn(boxShadow)];
    const ratio = Math.max(...colours.map((css) => contrast(over(colour(css), ground), ground)));
    if (ratio < LEAST) problems.push(part.getAttribute('class') + ' of a chart has ' + ratio.toFixed(2) + ':1');
  }
  return [...new Set(problems)];
})()`;

/**
 * Targets smaller than 24 by 24 px without that much free space around them. Links in a sentence are as high as its lines. Source: WCAG
 * 2.2, 2.5.8.
 */
const SMALL = `(() => {
  ${TOOLS}
  const LEAST = 24;
  const targets = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((element) => isShown(element) && !element.matches(':disabled'));
  /** A checkbox is as large as the label that selects it. */
  const boxOf = (element) => {
    const label = ['checkbox', 'radio'].includes(element.type) ? element.closest('label') : null;
    return (label ?? element).getBoundingClientRect();
  };
  const isInSentence = (element) => {
    const rest = [...element.parentElement.childNodes].filter((node) => node !== element);
    return getComputedStyle(element).display === 'inline' && rest.some((node) => node.nodeType === 3 && node.data.trim() !== '');
  };
  return targets.filter((element) => {
    const box = boxOf(element);
    if ((box.width >= LEAST && box.height >= LEAST) || isInSentence(element)) return false;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return targets.some((other) => {
      if (other === element || other.contains(element) || element.contains(other)) return false;
      const { left, right, top, bottom } = boxOf(other);
      return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) < LEAST / 2;
    });
  }).map((element) => {
    const { width, height } = boxOf(element);
    return called(element) + ': ' + Math.round(width) + ' by ' + Math.round(height) + ' px';
  });
})()`;

/**
 * What has the focus, and whether most of it is outside the window or under a bar: at least five of nine points in it must be visible.
 * Source: WCAG 2.2, 2.4.11.
 */
const HIDDEN_FOCUS = `(() => {
  ${TOOLS}
  const element = document.activeElement;
  if (element === null || element === document.body) return { at: 'end' };
  const { left, right, top, bottom } = element.getBoundingClientRect();
  function isBarOver(hit) {
    for (let one = hit; one && !one.contains(element); one = one.parentElement) {
      if (['sticky', 'fixed'].includes(getComputedStyle(one).position)) return true;
    }
    return false;
  }
  const across = [0.1, 0.5, 0.9].map((part) => left + (right - left) * part);
  // Something tall is scrolled within itself: it is enough if part of it is in the window.
  const isTall = bottom - top > innerHeight / 4;
  const [from, to] = isTall ? [Math.max(top, 0), Math.min(bottom, innerHeight)] : [top, bottom];
  const along = [0.1, 0.5, 0.9].map((part) => from + (to - from) * part);
  const points = across.flatMap((x) => along.map((y) => [x, y]))
    .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  const seen = points.filter(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && !isBarOver(hit);
  });
  return { at: called(element), isHidden: isTall ? seen.length === 0 : seen.length < 5 };
})()`;

/** Controls and parts of charts that are hard to see, one line each. */
export async function faintEdges(page: Page): Promise<readonly string[]> {
  await coloursSettled(page);
  return page.evaluate<readonly string[]>(FAINT);
}

/** Targets that are too small to hit, one line each. */
export function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(SMALL);
}

/** By how much a page is wider than its window, if it is. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  const width = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return width > 0 ? [`${width} pixels wider than the window`] : [];
}

const MOST_STOPS = 150;

/** Tabs through a page and returns the stops that are under something. */
export async function hiddenStops(page: Page): Promise<readonly string[]> {
  const hidden: string[] = [];
  const first = await nextStop(page);
  let stop = first;
  for (let stops = 0; stops < MOST_STOPS && stop.at !== 'end'; stops += 1) {
    if (stop.isHidden) hidden.push(stop.at);
    stop = await nextStop(page);
  }
  return hidden;
}

/** What has the focus, `end` if nothing has, and whether it is under something. */
export function focusOf(page: Page): Promise<{ readonly at: string; readonly isHidden?: boolean }> {
  return page.evaluate(HIDDEN_FOCUS);
}

async function nextStop(page: Page): ReturnType<typeof focusOf> {
  await page.keyboard.press('Tab');
  return focusOf(page);
}
