/** The forms in which a text can be sent besides its plain one, the smallest first. */
export const CODINGS = ['br', 'gzip'] as const;
/** One of {@link CODINGS}. */
export type Coding = (typeof CODINGS)[number];

/** The codings that a client takes at least as gladly as the plain form, the best one first. Source: RFC 9110, section 12.5.3. */
export function codingsFor(acceptEncoding: string | undefined): readonly Coding[] {
  const weights = new Map(acceptEncoding?.toLowerCase().split(',').map(weighed));
  // Whoever names a coding wants it rather than what is not named.
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
