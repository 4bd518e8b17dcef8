import { ChangeDetectionStrategy, Component, computed, input, resource } from '@angular/core';

/** Readers need this much light around the picture, in modules. Source: ISO/IEC 18004, 6.3.8. */
const QUIET = 4;

/** A QR code. What draws it is loaded with the first one; should that fail, its place stays empty. */
@Component({
  selector: 'ph-qr-code',
  host: { class: 'ph-qr-code' },
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (drawing(); as it) {
      <svg
        role="img"
        [attr.aria-label]="label()"
        [attr.viewBox]="it.box"
        shape-rendering="crispEdges"
      >
        <path [attr.d]="it.path" />
      </svg>
    }
  `,
})
export class QrCode {
  /** What it says; null draws nothing yet. */
  readonly text = input.required<string | null>();
  readonly label = input.required<string>();

  readonly #drawn = resource({
    params: () => this.text() ?? undefined,
    loader: ({ params }) => draw(params),
  });
  protected readonly drawing = computed(() =>
    this.#drawn.hasValue() ? this.#drawn.value() : null,
  );
}

/** Each dark module as a square of the path. */
async function draw(text: string): Promise<{ readonly box: string; readonly path: string }> {
  const { generate } = await import('lean-qr');
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
    }
  }
  const whole = code.size + 2 * QUIET;
  return { box: `${-QUIET} ${-QUIET} ${whole} ${whole}`, path };
}
