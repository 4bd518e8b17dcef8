/**
 * The path segment that stands for a name in the console's addresses; {@link nameOf} takes it back. Browsers and servers resolve
 * `.` and `..`, encoded too, as steps through folders; so these two, and what would look like their stand-ins, get a `~` in
 * front. All other characters are the router's to encode. Source: RFC 3986 5.2.4; WHATWG URL, dot segments.
 */
export function segmentOf(name: string): string {
  return /^~*\.{1,2}$/.test(name) ? `~${name}` : name;
}

/** The name for which a path segment stands. */
export function nameOf(segment: string): string {
  return /^~+\.{1,2}$/.test(segment) ? segment.slice(1) : segment;
}
