import { BadRequest, type Route } from './route.ts';

/** A request's path, parsed once for all routes. */
export interface Target {
  readonly path: string;
  readonly query: string;
  readonly segments: readonly string[];
}

/** A route's parameters in a path. */
export interface Match {
  readonly params: Readonly<Record<string, string>>;
  readonly rest: string;
}

/** Returns a route's parameters in a path; `undefined` if the route does not match. Throws for a parameter that cannot be decoded. */
export type Matcher = (target: Target) => Match | undefined;

const ANYTHING = '{*path}';
/** Requests to a proxy have a host in their target, and every server has to accept that form. Source: RFC 9112, section 3.2.2. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;

/** Parses a request's target. */
export function targetOf(url: string): Target {
  const local = url.startsWith('/') ? url : url.replace(ORIGIN, '');
  const [whole = ''] = local.split('#', 1);
  const at = whole.indexOf('?');
  const path = at < 0 ? whole : whole.slice(0, at);
  return {
    path: path === '' ? '/' : path,
    query: at < 0 ? '' : whole.slice(at + 1),
    segments: segmentsOf(path),
  };
}

/** Makes the matcher of a route that is mounted under a path. */
export function matcherOf(base: string, { method, path }: Pick<Route, 'method' | 'path'>): Matcher {
  const all = [...segmentsOf(base), ...segmentsOf(path)];
  const takesAnything = all.at(-1) === ANYTHING;
  const wanted = (takesAnything ? all.slice(0, -1) : all).map((text) => ({
    text: text.toLowerCase(),
    name: text.startsWith(':') ? text.slice(1) : undefined,
  }));
  const isOpen = takesAnything || method === undefined;
  return (target) => {
    const { segments } = target;
    if (isOpen ? segments.length < wanted.length : segments.length !== wanted.length) return;
    const fits = wanted.every(({ text, name }, at) => {
      const segment = segments[at] ?? '';
      return name === undefined ? segment.toLowerCase() === text : segment !== '';
    });
    if (!fits) return;
    const given = wanted.flatMap(({ name }, at): [string, string][] =>
      name === undefined ? [] : [[name, decoded(segments[at] ?? '')]],
    );
    const rest = isOpen ? restOf(target, wanted.length) : '/';
    if (takesAnything) given.push(['path', decoded(rest)]);
    return { params: Object.fromEntries(given), rest };
  };
}

function segmentsOf(path: string): readonly string[] {
  const inner = path.replace(/^\//, '').replace(/\/$/, '');
  return inner === '' ? [] : inner.split('/');
}

function restOf({ path, segments }: Target, count: number): string {
  const length = segments.slice(0, count).reduce((sum, segment) => sum + segment.length + 1, 0);
  return path.slice(length) || '/';
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BadRequest(400, 'the path cannot be decoded');
  }
}
