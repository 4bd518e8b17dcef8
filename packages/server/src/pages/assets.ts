import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { PASS, route, type Route } from '../site/route.ts';
import { send, setHeaders } from '../site/send.ts';
import { codingsFor, type Coding } from './content-coding.ts';

/** The style sheets, scripts and pictures of some pages, served from memory. */
export interface Assets {
  readonly routes: readonly Route[];
  /** The address of a file; it changes with the content, so that browsers may keep it for good. */
  url(name: string): string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
};

interface AssetFile {
  readonly content: Buffer;
  readonly version: string;
  readonly type: string;
  readonly forms: Readonly<Partial<Record<Coding, Buffer>>>;
}

/** Reads all files of a folder; they are served under `path`, where the routes have to be mounted. */
export function loadAssets(folder: string, path: string): Assets {
  const files = new Map<string, AssetFile>();
  const names = readdirSync(folder);
  // Style sheets last: they name others, and browsers may keep those for good only at their whole address.
  for (const name of names.toSorted((a, b) => Number(isSheet(a)) - Number(isSheet(b)))) {
    const plain = readFileSync(join(folder, name));
    const content = isSheet(name) ? withVersions(plain, files) : plain;
    const version = createHash('sha256').update(content).digest('base64url').slice(0, 10);
    const type = TYPES[extname(name)] ?? 'text/plain';
    // Fonts are compressed already.
    const forms = type.startsWith('font/') ? {} : compressed(content);
    files.set(name, { content, version, type, forms });
  }
  const serve = route('GET', '/:name', (request, response) => {
    const file = files.get(request.params.name);
    if (file === undefined) return PASS;
    const lasting = request.query['v'] === file.version;
    const coding = codingsFor(request.headers['accept-encoding']).find((one) => file.forms[one]);
    setHeaders(response, {
      'Content-Type': file.type,
      ...(coding !== undefined && { 'Content-Encoding': coding }),
      Vary: 'Accept-Encoding',
      'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    });
    return send(response, (coding && file.forms[coding]) ?? file.content);
  });
  return {
    routes: [serve],
    url(name) {
      const file = files.get(name);
      if (file === undefined) throw new Error(`there is no asset ${name}`);
      return `${path}/${name}?v=${file.version}`;
    },
  };
}

const isSheet = (name: string) => name.endsWith('.css');

function withVersions(sheet: Buffer, files: ReadonlyMap<string, AssetFile>): Buffer {
  const text = sheet.toString('utf8').replaceAll(/url\('([^']+)'\)/g, (whole, name: string) => {
    const file = files.get(name);
    return file === undefined ? whole : `url('${name}?v=${file.version}')`;
  });
  return Buffer.from(text);
}

/** A few kilobytes each, so that this takes no longer than reading them. */
function compressed(content: Buffer): Readonly<Record<Coding, Buffer>> {
  return { br: brotliCompressSync(content), gzip: gzipSync(content) };
}
