/** The encodings in which a text can be sent besides plain, the smallest first. */
export const CODINGS = ['br', 'gzip'] as const;
/** One of {@link CODINGS}. */
export type Coding = (typeof CODINGS)[number];

/** The encodings that a client accepts and likes at least as much as plain, best first. Source: RFC 9110, section 12.5.3. */
export function codingsFor(acceptEncoding: string | undefined): readonly Coding[] {
  const weights = new Map(acceptEncoding?.toLowerCase().split(',').map(weighed));
  // A client that names an encoding prefers it to whatever it does not name.
  const plain = weights.get('identity') ?? 0;
  const weightOf = (coding: Coding) => weights.get(coding) ?? weights.get('*') ?? 0;
  return CODINGS.filter((coding) => weightOf(coding) > 0 && weightOf(coding) >= plain).sort(
    (one, other) => weightOf(other) - weightOf(one),
  );
}

function weighed(part: string): readonly [coding: string, weight: number] {
  const [coding = '', ...parameters] = part.split(';').map((text) => text.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return [coding, Number(weight ?? 1)];
}
