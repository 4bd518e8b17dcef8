import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { PASS, route, type Route } from '../site/route.ts';
import { send, setHeaders } from '../site/send.ts';
import { codingsFor, type Coding } from './content-coding.ts';

/** Files that browsers may keep for good, because their names change with their content; served from memory. */
export interface LastingFiles {
  readonly routes: readonly Route[];
  /** The address of a file, such as `page.css`. */
  addressOf(file: string): string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** The build puts a hash of the content between the name and its end. */
const HASHED = /-[A-Z0-9]{8}(?=\.\w+$)/;

interface File {
  readonly name: string;
  readonly content: Buffer;
  readonly type: string;
  readonly forms: Readonly<Partial<Record<Coding, Buffer>>>;
}

/** Reads all files of a folder; they are served under `path`, where the routes have to be mounted. */
export function lastingFiles(folder: string, path: string): LastingFiles {
  const files = new Map(
    readdirSync(folder).map((name) => [withoutHash(name), fileAt(join(folder, name), name)]),
  );
  const serve = route('GET', '/:name', (request, response) => {
    const { name } = request.params;
    // The hash may be another build's, as during a rolling upgrade: this build's file is better for the page than none.
    const file = files.get(withoutHash(name));
    if (file === undefined) return PASS;
    const lasts = name === file.name && HASHED.test(name);
    const coding = codingsFor(request.headers['accept-encoding']).find((one) => file.forms[one]);
    setHeaders(response, {
      'Content-Type': file.type,
      ...(coding !== undefined && { 'Content-Encoding': coding }),
      Vary: 'Accept-Encoding',
      'Cache-Control': lasts ? 'public, max-age=31536000, immutable' : 'no-cache',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    });
    return send(response, (coding && file.forms[coding]) ?? file.content);
  });
  return {
    routes: [serve],
    addressOf(file) {
      const found = files.get(file);
      if (found === undefined) throw new Error(`there is no file ${file}`);
      return `${path}/${found.name}`;
    },
  };
}

const withoutHash = (name: string) => name.replace(HASHED, '');

function fileAt(path: string, name: string): File {
  const content = readFileSync(path);
  const type = TYPES[extname(name)] ?? 'text/plain';
  // Fonts are compressed already.
  return { name, content, type, forms: type.startsWith('font/') ? {} : compressed(content) };
}

/** A few kilobytes each, so this takes no longer than reading them. */
function compressed(content: Buffer): Readonly<Record<Coding, Buffer>> {
  return { br: brotliCompressSync(content), gzip: gzipSync(content) };
}
