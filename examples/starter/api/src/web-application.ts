import express, { Router } from 'express';

/** Serves the built Angular application: files by their names, and the page itself for every route of its own. */
export function webApplication(folder: string): Router {
  const router = Router();
  router.use(
    express.static(folder, {
      index: false,
      setHeaders(res, path) {
        // The build puts a hash of the content into these names.
        const lasting = /-[\w-]{8}\.(js|css|svg|woff2)$/.test(path);
        res.set('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  router.get('/{*route}', (req, res, next) => {
    // A missing picture or script is missing; it is not the page.
    if (!req.accepts('html') || /\.\w+$/.test(req.path)) next();
    else res.set('Cache-Control', 'no-cache').sendFile('index.html', { root: folder });
  });
  return router;
}
