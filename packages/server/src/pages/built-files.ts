import { extname } from 'node:path';
import express, { type RequestHandler } from 'express';
import { codingsFor, type Coding } from './content-coding.ts';

const SUFFIXES: Readonly<Record<Coding, string>> = { br: '.br', gzip: '.gz' };
const CODING_OF: Readonly<Record<string, Coding>> = { '.br': 'br', '.gz': 'gzip' };

/**
 * Serves the files of a build, in the compressed form beside them where the client takes it. They are the same for everybody,
 * so that their length tells nothing. `headersOf` gets the plain file's path.
 */
export function builtFiles(
  folder: string,
  headersOf: (path: string) => Readonly<Record<string, string>>,
): RequestHandler {
  const files = express.static(folder, {
    index: false,
    redirect: false,
    // A part of which form? Nothing here is so large that somebody would go on with it.
    acceptRanges: false,
    setHeaders(response, path) {
      const coding = CODING_OF[extname(path)];
      const plain = coding === undefined ? path : path.slice(0, -extname(path).length);
      response.set(headersOf(plain)).vary('Accept-Encoding');
      if (coding !== undefined) response.type(extname(plain)).set('Content-Encoding', coding);
    },
  });
  return (request, response, next) => {
    // Under their own names they would be sent as what they are not.
    if (extname(request.path) in CODING_OF) return next();
    const { url } = request;
    const codings = [...codingsFor(request.headers['accept-encoding'])];
    // Each form is looked for anew: a build may have replaced the files since.
    const tryNext = (error?: unknown): void => {
      request.url = url;
      if (error !== undefined) return next(error);
      const coding = codings.shift();
      if (coding === undefined) return files(request, response, next);
      request.url = url.replace(/(?=\?|$)/, SUFFIXES[coding]);
      files(request, response, tryNext);
    };
    tryNext();
  };
}
