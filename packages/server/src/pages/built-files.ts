import { open, type FileHandle } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { isKnown, isOther, sendNotModified, setHeaders } from '../site/send.ts';
import { BadRequest, type Request, type Response } from '../site/route.ts';
import { codingsFor, type Coding } from './content-coding.ts';

const SUFFIXES: Readonly<Record<Coding, string>> = { br: '.br', gzip: '.gz' };

/** The media types of the files that builds produce, by file extension. Source: IANA, media types. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/vnd.microsoft.icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.woff2', 'font/woff2'],
]);

/** Sends the file at a request's decoded path; `false` if there is none. */
export type SendFile = (request: Request, response: Response, path: string) => Promise<boolean>;

/**
 * Serves the files of a build, in the compressed version beside them if the client accepts it. They are the same for everybody, so their
 * length reveals nothing. `headersOf` gets the plain file's path.
 */
export function builtFiles(
  folder: string,
  headersOf: (path: string) => Readonly<Record<string, string>>,
): SendFile {
  return async (request, response, path) => {
    const plain = inside(folder, path);
    if (plain === undefined) return false;
    // Each version is looked up again, because a build may have replaced the files since.
    for (const coding of [...codingsFor(request.headers['accept-encoding']), undefined]) {
      const file = await opened(coding === undefined ? plain : plain + SUFFIXES[coding]);
      if (file === undefined) continue;
      try {
        setHeaders(response, {
          ...headersOf(plain),
          Vary: 'Accept-Encoding',
          'Content-Type': TYPES.get(extname(plain)) ?? 'application/octet-stream',
        });
        if (coding !== undefined) response.setHeader('Content-Encoding', coding);
        await sendFile(request, response, file);
      } finally {
        await file.close();
      }
      return true;
    }
    return false;
  };
}

/** Where a path leads inside the folder; nowhere if it leaves the folder, is hidden, or would be sent with a wrong type. */
function inside(folder: string, path: string): string | undefined {
  if (path.includes('\0') || /[\\/]$/.test(path)) return undefined;
  if ([...Object.values(SUFFIXES)].includes(extname(path))) return undefined;
  const local = normalize(`./${path}`);
  return local.split(/[\\/]/).some((part) => part.startsWith('.'))
    ? undefined
    : join(folder, local);
}

async function opened(path: string): Promise<FileHandle | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    if ((await file.stat()).isFile()) return file;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EISDIR'].includes(code)) throw error;
  }
  await file?.close();
  return undefined;
}

async function sendFile(request: Request, response: Response, file: FileHandle): Promise<void> {
  const { size, mtime } = await file.stat();
  const tag = `W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`;
  const modified = mtime.toUTCString();
  setHeaders(response, { ETag: tag, 'Last-Modified': modified });
  if (isOther(request.headers, { tag, modified })) {
    response.removeHeader('Content-Encoding');
    throw new BadRequest(412, 'the file is another now');
  }
  if (isKnown(request.headers, { tag, modified })) {
    response.removeHeader('Content-Encoding');
    sendNotModified(response);
    return;
  }
  response.setHeader('Content-Length', size);
  if (request.method === 'HEAD') response.end();
  else await stream(file, response);
}

/** Sends a file as fast as its reader accepts it; a client that leaves ends it. */
function stream(file: FileHandle, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const read = file.createReadStream({ autoClose: false });
    read.on('error', reject);
    response.on('close', () => {
      read.destroy();
      resolve();
    });
    read.pipe(response);
  });
}
