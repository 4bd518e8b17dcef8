import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Router } from 'express';
import { codingsFor, type Coding } from './content-coding.ts';

/** The style sheets, scripts and pictures of some pages, served from memory. */
export interface Assets {
  readonly router: Router;
  /** The address of a file; it changes with the content, so that browsers may keep it for good. */
  url(name: string): string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

/** Reads all files of a folder; they are served under `path`, where the router has to be mounted. */
export function loadAssets(folder: string, path: string): Assets {
  const files = new Map(
    readdirSync(folder).map((name) => {
      const content = readFileSync(join(folder, name));
      const version = createHash('sha256').update(content).digest('base64url').slice(0, 10);
      const type = TYPES[extname(name)] ?? 'text/plain';
      return [name, { content, version, type, forms: compressed(content) }] as const;
    }),
  );
  const router = Router();
  router.get('/:name', (request, response, next) => {
    const file = files.get(request.params.name);
    if (file === undefined) {
      next();
      return;
    }
    const lasting = request.query['v'] === file.version;
    const [coding] = codingsFor(request.headers['accept-encoding']);
    response.set({
      'Content-Type': file.type,
      ...(coding !== undefined && { 'Content-Encoding': coding }),
      Vary: 'Accept-Encoding',
      'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    });
    response.send(coding === undefined ? file.content : file.forms[coding]);
  });
  return {
    router,
    url(name) {
      const file = files.get(name);
      if (file === undefined) throw new Error(`there is no asset ${name}`);
      return `${path}/${name}?v=${file.version}`;
    },
  };
}

/** A few kilobytes each, so that this takes no longer than reading them. */
function compressed(content: Buffer): Readonly<Record<Coding, Buffer>> {
  return { br: brotliCompressSync(content), gzip: gzipSync(content) };
}
