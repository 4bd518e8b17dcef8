import type { Readable, Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib';
import { dropRest } from '../http/drop-rest.ts';
import { BadRequest, type Request } from './route.ts';

const CODINGS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

/** Whether a request has a body of this type. */
export function hasBodyOf(request: Request, type: string): boolean {
  const { headers } = request;
  const hasBody =
    headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
  const [given = ''] = (headers['content-type'] ?? '').split(';', 1);
  return hasBody && given.trim().toLowerCase() === type;
}

/** The charset in a request's content type, in lower case. */
export function charsetOf({ headers }: Request): string {
  const given = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1];
  return given?.toLowerCase() ?? 'utf-8';
}

/**
 * Reads a whole body of at most `longestBytes` after decompression. The server limits how long that may take. The rest of a refused body is
 * discarded, and a client that keeps sending is cut off.
 */
export async function readBody(request: Request, longestBytes: number): Promise<Buffer> {
  const coding = request.headers['content-encoding']?.toLowerCase() || 'identity';
  const isPlain = coding === 'identity';
  const decoder = CODINGS.get(coding);
  if (!isPlain && decoder === undefined) throw new BadRequest(415, 'an unknown content coding');
  try {
    if (isPlain && Number(request.headers['content-length']) > longestBytes) throw tooLong();
    if (decoder === undefined) return await collected(request, request, longestBytes);
    const decompressed = decoder();
    // What follows the compressed part, or its refusal, is ignored.
    decompressed.on('error', () => undefined);
    request.pipe(decompressed);
    try {
      return await collected(decompressed, request, longestBytes);
    } finally {
      request.unpipe(decompressed);
      decompressed.destroy();
      request.resume();
    }
  } catch (error) {
    dropRest(request);
    throw error;
  }
}

/** Collects `stream`, which is the request or derived from it. */
function collected(stream: Readable, request: Request, longestBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const collect = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= longestBytes) chunks.push(chunk);
      else refuse(tooLong());
    };
    const refuse = (error: BadRequest) => {
      stream.off('data', collect);
      chunks.length = 0;
      reject(error);
    };
    stream.on('data', collect);
    stream.on('end', () => resolve(Buffer.concat(chunks, bytes)));
    stream.on('error', () => refuse(new BadRequest(400, 'the body is broken')));
    // Without an error if the client has gone away.
    request.on('close', () => {
      if (!request.complete) refuse(new BadRequest(400, 'the body ended too early'));
    });
    if (request.destroyed) refuse(new BadRequest(400, 'the client is gone'));
  });
}

const tooLong = () => new BadRequest(413, 'the body is too long');
