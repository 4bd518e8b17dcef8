import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { Router } from 'express';

/** The compressed forms that the build puts beside a file, the smaller one first, and how their names end. */
const FORMS = { '.br': 'br', '.gz': 'gzip' } as const;

/**
 * Serves the built Angular application: files by their names, and the page itself for every route of its own. `isChoice`: people choose how
 * they sign in, so that the form of the sign-in page begins with the name alone.
 */
export function webApplication(
  folder: string,
  { isChoice = false }: { readonly isChoice?: boolean } = {},
): Router {
  const router = Router();
  /** The page with the sign-in form already in it, where the build made one. */
  const signIn = isChoice ? 'sign-in-choice.html' : 'sign-in.html';
  const files = express.static(folder, {
    index: false,
    redirect: false,
    acceptRanges: false,
    setHeaders(res, path) {
      const ending = extname(path);
      const coding = ending in FORMS ? FORMS[ending as keyof typeof FORMS] : undefined;
      const plain = coding === undefined ? path : path.slice(0, -ending.length);
      if (coding !== undefined) res.type(extname(plain)).set('Content-Encoding', coding);
      // The build puts a hash of the content into these names.
      const lasting = /-[\w-]{8}\.(js|css|svg|woff2)$/.test(plain);
      res.set('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      res.vary('Accept-Encoding');
    },
  });
  router.get('/{*route}', (req, _res, next) => {
    // A missing picture or script is missing; it is not the page.
    if (req.accepts('html') && !/\.\w+$/.test(req.path)) {
      // Whoever wants to begin with a new account is not shown the other form first.
      const isSignIn = req.path === '/sign-in' && req.query['start'] === undefined;
      req.url = isSignIn && existsSync(join(folder, signIn)) ? `/${signIn}` : '/index.html';
    }
    next();
  });
  for (const [ending, coding] of Object.entries(FORMS)) {
    router.use((req, res, next) => {
      if (!req.acceptsEncodings(coding)) return next();
      const { url } = req;
      req.url = url.replace(/(?=\?|$)/, ending);
      files(req, res, (error?: unknown) => {
        req.url = url;
        next(error);
      });
    });
  }
  router.use(files);
  return router;
}
