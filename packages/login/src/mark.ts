import { html, type Html } from './html.ts';

const TILES = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** Nine pool tiles turned into a roof. It is in the page itself, which saves a request. */
export const mark: Html = html`<svg class="mark" viewBox="0 0 26 26" aria-hidden="true">
  <g transform="rotate(45 13 13) translate(3.4 3.4)">
    ${TILES.map(
      (tile) =>
        html`<rect
          x="${(tile % 3) * 6.6}"
          y="${Math.floor(tile / 3) * 6.6}"
          width="5.8"
          height="5.8"
          rx="1.4"
          opacity="${tile === 4 ? '.2' : tile % 2 === 1 ? '.55' : '1'}"
        />`,
    )}
  </g>
</svg>`;
