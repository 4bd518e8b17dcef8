// The service is known to stop counting somewhere; ten is what other AWS services show, and no message grows with the input.
const mostReported = 10;
const longestValueText = 1024;

/**
 * Collects the broken constraints of one input and words them as the service does: counted, joined by `; `.
 * Source: behaviour.md 1.5; settings.md 1; four at once in amazon-cognito-identity-js #388.
 */
export class Violations {
  readonly #texts: string[] = [];

  /** True once no more violations are reported: further checks would be wasted. */
  get full(): boolean {
    return this.#texts.length >= mostReported;
  }

  /** Adds a violation; `valueText` is undefined for sensitive values, which are never printed. */
  add(path: string, valueText: string | undefined, rule: string): void {
    if (this.full) return;
    const value = valueText === undefined ? 'Value' : `Value '${shortened(valueText)}'`;
    this.#texts.push(inAscii(`${value} at '${path}' failed to satisfy constraint: ${rule}`));
  }

  /** Adds the violation of an absent member. */
  addNull(path: string, sensitive: boolean, rule: string): void {
    if (this.full) return;
    const value = sensitive ? 'Value' : 'Value null';
    this.#texts.push(inAscii(`${value} at '${path}' failed to satisfy constraint: ${rule}`));
  }

  /** The message, or undefined when every constraint holds. */
  message(): string | undefined {
    const count = this.#texts.length;
    if (count === 0) return undefined;
    return `${count} validation error${count === 1 ? '' : 's'} detected: ${this.#texts.join('; ')}`;
  }
}

function shortened(text: string): string {
  return text.length > longestValueText ? `${text.slice(0, longestValueText)}...` : text;
}

/** Every other character becomes a question mark. Source: settings.md 1. */
function inAscii(text: string): string {
  return text.replace(/\P{ASCII}/gu, '?');
}
